// What a picture on the glass consists of, as plain data.
//
// The scene and the stage say what is to be seen; a back end (cpu, record) knows
// how. Two equal lists show the same picture, so an unchanged list is never drawn
// twice.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "player/canvas/frame.h"
#include "player/canvas/geometry.h"

namespace conglang::player {

struct Color {
  std::uint8_t red = 0, green = 0, blue = 0, alpha = 255;  // sRGB, not premultiplied
  bool operator==(const Color&) const = default;
};

struct DrawFill {
  Rect where;
  Color color;
  bool operator==(const DrawFill&) const = default;
};

// The upright frame is scaled to `where`; only what lies in `clip` (empty means no
// clip) is drawn.
struct DrawPicture {
  FramePtr frame;
  Rect where;
  Rect clip;
  float opacity = 1;
  bool operator==(const DrawPicture&) const = default;
};

using DrawCommand = std::variant<DrawFill, DrawPicture>;

// Painted in order over black. Coordinates are pixels of `size`.
struct DrawList {
  Size size;
  std::vector<DrawCommand> commands;
  bool operator==(const DrawList&) const = default;
};

// Where a picture of `picture` goes in `region`: all of it inside (contain) or the
// region filled (cover; the rest is cut by the region as clip). Centred, whole pixels.
Rect fit_inside(Size picture, const Rect& region);
Rect fit_over(Size picture, const Rect& region);

}  // namespace conglang::player
