#include "player/canvas/frame.h"

#include <atomic>
#include <cmath>
#include <vector>

namespace conglang::player {

std::uint64_t next_frame_serial() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

Size plane_size(PixelLayout layout, Size picture, int index) {
  const int half_width = (picture.width + 1) / 2, half_height = (picture.height + 1) / 2;
  switch (layout) {
    case PixelLayout::bgra:
    case PixelLayout::bgrx:
      return {picture.width * 4, picture.height};
    case PixelLayout::i444:
      return picture;
    case PixelLayout::i422:
      return index == 0 ? picture : Size{half_width, picture.height};
    case PixelLayout::i420:
      return index == 0 ? picture : Size{half_width, half_height};
    case PixelLayout::nv12:
      return index == 0 ? picture : Size{half_width * 2, half_height};
  }
  return {};
}

Size display_size(const Frame& frame) {
  Size shown = frame.size;
  if (frame.pixel_aspect > 0 && frame.pixel_aspect != 1) {
    shown.width = static_cast<int>(std::lround(shown.width * frame.pixel_aspect));
  }
  return turned(shown, frame.turn);
}

WritableFrame make_bgra_frame(Size size, PixelLayout layout) {
  auto pixels = std::make_shared<std::vector<std::uint8_t>>(
      static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4);
  WritableFrame made;
  made.pixels = pixels->data();
  made.stride = size.width * 4;
  made.frame = std::make_shared<Frame>();
  made.frame->serial = next_frame_serial();
  made.frame->layout = layout;
  made.frame->size = size;
  made.frame->planes[0] = {pixels->data(), made.stride};
  made.frame->range = ColorRange::full;
  made.frame->bytes = pixels->size();
  made.frame->memory = std::move(pixels);
  return made;
}

}  // namespace conglang::player
