#include "player/canvas/cpu/picture_scaler.h"

#include <libyuv.h>

#include <array>

#include "player/canvas/cpu/color_constants.h"

namespace conglang::player {
namespace {

constexpr int kMaxSide = 16384;  // libyuv multiplies sides in 32 bits

bool is_packed(PixelLayout layout) {
  return layout == PixelLayout::bgra || layout == PixelLayout::bgrx;
}

int plane_count(PixelLayout layout) {
  if (is_packed(layout)) return 1;
  return layout == PixelLayout::nv12 ? 2 : 3;
}

// Bilinear when enlarging; a box when shrinking, or fine lines would flicker.
libyuv::FilterMode filter_for(Size from, Size to) {
  const bool shrinks = to.width < from.width || to.height < from.height;
  return shrinks ? libyuv::kFilterBox : libyuv::kFilterBilinear;
}

libyuv::RotationMode rotation(Turn turn) {
  switch (turn) {
    case Turn::none:
      return libyuv::kRotate0;
    case Turn::quarter:
      return libyuv::kRotate90;
    case Turn::half:
      return libyuv::kRotate180;
    case Turn::three_quarters:
      return libyuv::kRotate270;
  }
  return libyuv::kRotate0;
}

std::uint8_t* reserve(std::vector<std::uint8_t>& scratch, std::size_t bytes) {
  if (scratch.size() < bytes) scratch.resize(bytes);
  return scratch.data();
}

// Bytes from the start of plane `index` to the pixel at the corner of `part`.
const std::uint8_t* corner(const Frame& frame, const Rect& part, int index) {
  const Size offset = plane_size(frame.layout, {part.x, part.y}, index);
  const Plane& plane = frame.planes[static_cast<std::size_t>(index)];
  return plane.bytes + static_cast<std::ptrdiff_t>(offset.height) * plane.stride + offset.width;
}

void scale_planes(const Frame& from, const Frame& to, std::array<std::uint8_t*, 3> out) {
  const auto mode = filter_for(from.size, to.size);
  const auto& a = from.planes;
  const auto& b = to.planes;
  const auto [w, h] = from.size;
  const auto [W, H] = to.size;
  switch (from.layout) {
    case PixelLayout::i420:
      libyuv::I420Scale(a[0].bytes, a[0].stride, a[1].bytes, a[1].stride, a[2].bytes,
                        a[2].stride, w, h, out[0], b[0].stride, out[1], b[1].stride, out[2],
                        b[2].stride, W, H, mode);
      return;
    case PixelLayout::i422:
      libyuv::I422Scale(a[0].bytes, a[0].stride, a[1].bytes, a[1].stride, a[2].bytes,
                        a[2].stride, w, h, out[0], b[0].stride, out[1], b[1].stride, out[2],
                        b[2].stride, W, H, mode);
      return;
    case PixelLayout::i444:
      libyuv::I444Scale(a[0].bytes, a[0].stride, a[1].bytes, a[1].stride, a[2].bytes,
                        a[2].stride, w, h, out[0], b[0].stride, out[1], b[1].stride, out[2],
                        b[2].stride, W, H, mode);
      return;
    case PixelLayout::nv12:
      libyuv::NV12Scale(a[0].bytes, a[0].stride, a[1].bytes, a[1].stride, w, h, out[0],
                        b[0].stride, out[1], b[1].stride, W, H, mode);
      return;
    case PixelLayout::bgra:
    case PixelLayout::bgrx:
      libyuv::ARGBScale(a[0].bytes, a[0].stride, w, h, out[0], b[0].stride, W, H, mode);
      return;
  }
}

}  // namespace

void PictureScaler::convert(const Frame& frame, const Rect& part, std::uint8_t* target,
                            int stride) {
  const auto* constants = yuv_constants(frame.matrix, frame.range);
  const auto& p = frame.planes;
  switch (frame.layout) {
    case PixelLayout::i420:
      libyuv::I420ToARGBMatrix(corner(frame, part, 0), p[0].stride, corner(frame, part, 1),
                               p[1].stride, corner(frame, part, 2), p[2].stride, target, stride,
                               constants, part.width, part.height);
      return;
    case PixelLayout::i422:
      libyuv::I422ToARGBMatrix(corner(frame, part, 0), p[0].stride, corner(frame, part, 1),
                               p[1].stride, corner(frame, part, 2), p[2].stride, target, stride,
                               constants, part.width, part.height);
      return;
    case PixelLayout::i444:
      libyuv::I444ToARGBMatrix(corner(frame, part, 0), p[0].stride, corner(frame, part, 1),
                               p[1].stride, corner(frame, part, 2), p[2].stride, target, stride,
                               constants, part.width, part.height);
      return;
    case PixelLayout::nv12:
      libyuv::NV12ToARGBMatrix(corner(frame, part, 0), p[0].stride, corner(frame, part, 1),
                               p[1].stride, target, stride, constants, part.width, part.height);
      return;
    case PixelLayout::bgra:
    case PixelLayout::bgrx:
      libyuv::ARGBCopy(corner(frame, part, 0), p[0].stride, target, stride, part.width,
                       part.height);
      return;
  }
}

Frame PictureScaler::scale(const Frame& frame, Size size) {
  Frame scaled = frame;
  scaled.size = size;
  std::size_t bytes = 0;
  std::array<std::size_t, 3> starts{};
  for (int i = 0; i < plane_count(frame.layout); ++i) {
    const Size plane = plane_size(frame.layout, size, i);
    starts[static_cast<std::size_t>(i)] = bytes;
    const int stride = (plane.width + 63) / 64 * 64;  // whole cache lines a row
    scaled.planes[static_cast<std::size_t>(i)].stride = stride;
    bytes += static_cast<std::size_t>(stride) * static_cast<std::size_t>(plane.height);
  }
  std::uint8_t* memory = reserve(scaled_, bytes);
  std::array<std::uint8_t*, 3> out{};
  for (std::size_t i = 0; i < 3; ++i) {
    out[i] = memory + starts[i];
    scaled.planes[i].bytes = out[i];
  }
  scale_planes(frame, scaled, out);
  return scaled;
}

Result<PixelBuffer> PictureScaler::render(const Frame& frame, Size size) {
  if (size.width < 1 || size.height < 1 || size.width > kMaxSide || size.height > kMaxSide) {
    return Error{ErrorKind::unsupported, "picture: cannot be drawn " +
                                             std::to_string(size.width) + "x" +
                                             std::to_string(size.height) + " large"};
  }
  const Size stored = turned(size, frame.turn);
  const Frame scaled = frame.size == stored ? frame : scale(frame, stored);
  const auto bytes =
      static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4;
  PixelBuffer upright{reserve(converted_, bytes), stored.width * 4, stored};
  convert(scaled, whole(stored), upright.bytes, upright.stride);
  if (frame.turn == Turn::none) return upright;

  PixelBuffer turned_picture{reserve(turned_, bytes), size.width * 4, size};
  libyuv::ARGBRotate(upright.bytes, upright.stride, turned_picture.bytes, turned_picture.stride,
                     stored.width, stored.height, rotation(frame.turn));
  return turned_picture;
}

}  // namespace conglang::player
