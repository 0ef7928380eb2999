// Turns a decoded frame into B G R X pixels of the size and turn in which it is shown.
#pragma once

#include <cstdint>
#include <vector>

#include "player/canvas/frame.h"
#include "player/canvas/surface.h"
#include "playlists/base/result.h"

namespace conglang::player {

// Scratch memory is kept from call to call, so that a video costs no allocation.
//
// Threads: one at a time.
class PictureScaler {
 public:
  // The whole frame, upright, `size` large, in scratch memory that stays valid until
  // the next call.
  // Fails: unsupported when the size is empty or larger than 16384 a side.
  Result<PixelBuffer> render(const Frame& frame, Size size);

  // The part `part` of the frame (stored pixels, not scaled, not turned) straight
  // into `target`. Requires: `part` starts at even pixels.
  static void convert(const Frame& frame, const Rect& part, std::uint8_t* target, int stride);

  std::size_t bytes() const { return scaled_.size() + converted_.size() + turned_.size(); }

 private:
  Frame scale(const Frame& frame, Size size);

  std::vector<std::uint8_t> scaled_, converted_, turned_;
};

}  // namespace conglang::player
