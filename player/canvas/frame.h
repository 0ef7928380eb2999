// One decoded picture in memory, with everything needed to show its colours right.
//
// A Frame is immutable and shared by pointer between threads; who holds the last
// pointer frees the pixels. No type of a decoder or of a graphics library is seen here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "player/canvas/geometry.h"

namespace conglang::player {

enum class PixelLayout {
  i420,  // three planes, chroma halved both ways
  i422,  // three planes, chroma halved in width
  i444,  // three planes
  nv12,  // luma, then interleaved chroma halved both ways
  bgra,  // one plane, bytes B G R A, premultiplied
  bgrx,  // one plane, bytes B G R X, opaque
};

enum class ColorMatrix { bt601, bt709, bt2020 };
enum class ColorRange { limited, full };

struct Plane {
  const std::uint8_t* bytes = nullptr;
  int stride = 0;  // bytes from one row to the next
};

struct Frame {
  std::uint64_t serial = 0;  // unique in the process; names the picture in caches
  PixelLayout layout = PixelLayout::bgrx;
  Size size;  // stored pixels, before `turn` and `pixel_aspect`
  std::array<Plane, 3> planes{};
  ColorMatrix matrix = ColorMatrix::bt709;
  ColorRange range = ColorRange::limited;
  Turn turn = Turn::none;
  double pixel_aspect = 1;             // width of a stored pixel over its height
  std::size_t bytes = 0;               // memory held, for the ledger
  std::shared_ptr<const void> memory;  // keeps the planes alive
};

using FramePtr = std::shared_ptr<const Frame>;

// Threads: any.
std::uint64_t next_frame_serial();

// How many bytes a row of plane `index` needs and how many rows it has.
Size plane_size(PixelLayout layout, Size picture, int index);

// Upright and with square pixels: what a viewer would call its size.
Size display_size(const Frame& frame);

// A picture whose memory is its own; `fill` writes it. For tests, cards and fills.
struct WritableFrame {
  std::shared_ptr<Frame> frame;
  std::uint8_t* pixels = nullptr;
  int stride = 0;
};
WritableFrame make_bgra_frame(Size size, PixelLayout layout = PixelLayout::bgra);

}  // namespace conglang::player
