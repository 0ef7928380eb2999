// Turns libav's pictures into frames, without copying them where the canvas can read them.
#pragma once

#include <string>

#include "player/canvas/frame.h"
#include "player/media/av_handles.h"

namespace conglang::player {

constexpr std::int64_t kMaxPixels = 100'000'000;
constexpr int kMaxVideoSide = 8192;

// What a file says about its pictures beside the pictures.
struct PictureHints {
  Turn turn = Turn::none;
  double pixel_aspect = 1;  // where the picture itself says nothing
};

struct PictureColors {
  ColorMatrix matrix = ColorMatrix::bt601;
  ColorRange range = ColorRange::limited;
};

// By the picture's own tags; without them BT.709 from 720 lines on, else BT.601, and
// limited unless the format itself means full.
PictureColors colors_of(const AVFrame& picture);

// How the pictures must be turned by their display matrix; mirroring is left out.
Turn turn_of(const std::int32_t* display_matrix);

// Tells `scaler` the colours on both sides; RGB on either side ignores its part.
void set_colors(SwsContext& scaler, PictureColors from, PictureColors to);

// Premultiplies B G R A in place. False when nothing shines through.
bool premultiply(std::uint8_t* pixels, int stride, Size size);

// Threads: one at a time. Keeps its scaler between pictures.
class PictureForm {
 public:
  explicit PictureForm(std::string path) : path_(std::move(path)) {}

  // Fails: too_large, unsupported (a format that cannot be converted).
  Result<FramePtr> frame(AvFrame picture, const PictureHints& hints);

 private:
  Result<AvFrame> converted(const AVFrame& picture, AVPixelFormat format);

  const std::string path_;
  AvScaler scaler_;
};

}  // namespace conglang::player
