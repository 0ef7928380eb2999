#include "player/canvas/cpu/cpu_canvas.h"

#include <libyuv.h>

#include <cmath>

#include "player/canvas/damage.h"

namespace conglang::player {
namespace {

std::uint8_t* pixel(PixelBuffer buffer, int x, int y) {
  return buffer.bytes + static_cast<std::ptrdiff_t>(y) * buffer.stride +
         static_cast<std::ptrdiff_t>(x) * 4;
}

std::uint32_t premultiplied(Color color) {
  const auto part = [&](std::uint8_t channel) {
    return static_cast<std::uint32_t>((channel * color.alpha + 127) / 255);
  };
  return static_cast<std::uint32_t>(color.alpha) << 24 | part(color.red) << 16 |
         part(color.green) << 8 | part(color.blue);
}

// The last command that hides everything below it in `damage`, or 0.
std::size_t first_visible(const DrawList& list, const Rect& damage) {
  for (std::size_t i = list.commands.size(); i-- > 0;) {
    if (is_opaque(list.commands[i]) && bounds(list.commands[i]).contains(damage)) return i;
  }
  return 0;
}

bool hides_all(const DrawList& list, std::size_t index, const Rect& damage) {
  return index < list.commands.size() && is_opaque(list.commands[index]) &&
         bounds(list.commands[index]).contains(damage);
}

// Lays `over` (of the size of `part`) on the target. A see-through picture that is
// also faded is shaded in place, so it must be scratch memory then.
void lay(const DrawPicture& command, PixelBuffer over, const Rect& part, PixelBuffer target) {
  std::uint8_t* under = pixel(target, part.x, part.y);
  const auto level = static_cast<std::uint32_t>(std::lround(command.opacity * 255));
  if (is_opaque(command)) {
    libyuv::ARGBCopy(over.bytes, over.stride, under, target.stride, part.width, part.height);
    return;
  }
  if (command.frame->layout != PixelLayout::bgra) {
    libyuv::ARGBInterpolate(under, target.stride, over.bytes, over.stride, under, target.stride,
                            part.width, part.height, static_cast<int>(level));
    return;
  }
  if (level < 255) {
    libyuv::ARGBShade(over.bytes, over.stride, over.bytes, over.stride, part.width, part.height,
                      level * 0x01010101u);
  }
  libyuv::ARGBBlend(over.bytes, over.stride, under, target.stride, under, target.stride,
                    part.width, part.height);
}

bool is_packed(const Frame& frame) {
  return frame.layout == PixelLayout::bgra || frame.layout == PixelLayout::bgrx;
}

// Where the turned rectangle lies in the turned picture.
Rect turned_rect(const Rect& r, Size picture, Turn turn) {
  switch (turn) {
    case Turn::none:
      return r;
    case Turn::quarter:
      return {picture.height - r.bottom(), r.x, r.height, r.width};
    case Turn::half:
      return {picture.width - r.right(), picture.height - r.bottom(), r.width, r.height};
    case Turn::three_quarters:
      return {r.y, picture.width - r.right(), r.height, r.width};
  }
  return r;
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

}  // namespace

void CpuCanvas::fill(const DrawFill& command, const Rect& damage, PixelBuffer target) {
  const Rect part = intersection(command.where, damage);
  if (part.empty() || command.color.alpha == 0) return;
  const std::uint32_t color = premultiplied(command.color);
  if (command.color.alpha == 255) {
    libyuv::ARGBRect(target.bytes, target.stride, part.x, part.y, part.width, part.height,
                     color);
    return;
  }
  const std::vector<std::uint32_t> row(static_cast<std::size_t>(part.width), color);
  std::uint8_t* under = pixel(target, part.x, part.y);
  libyuv::ARGBBlend(reinterpret_cast<const std::uint8_t*>(row.data()), 0, under, target.stride,
                    under, target.stride, part.width, part.height);
}

Status CpuCanvas::picture(const DrawPicture& command, const Rect& damage, PixelBuffer target) {
  const Rect part = intersection(bounds(command), damage);
  if (part.empty() || command.opacity <= 0) return {};
  const Frame& frame = *command.frame;
  const Size shown{command.where.width, command.where.height};
  const Rect inside{part.x - command.where.x, part.y - command.where.y, part.width,
                    part.height};
  const bool as_stored = frame.turn == Turn::none && frame.size == shown;
  const bool even = inside.x % 2 == 0 && inside.y % 2 == 0;

  if (as_stored && is_opaque(command) && even) {
    PictureScaler::convert(frame, inside, pixel(target, part.x, part.y), target.stride);
    return {};
  }
  PixelBuffer over;
  if (as_stored && is_packed(frame) &&
      (frame.layout == PixelLayout::bgrx || command.opacity >= 1)) {
    // Only read from: see lay().
    over = {const_cast<std::uint8_t*>(frame.planes[0].bytes), frame.planes[0].stride, shown};
  } else {
    auto scaled = scaler_.render(frame, shown);
    if (!scaled) return scaled.error();
    over = *scaled;
  }
  over.bytes = pixel(over, inside.x, inside.y);
  lay(command, over, part, target);
  return {};
}

Status CpuCanvas::paint(const DrawList& list, const Rect& damage, PixelBuffer target) {
  const std::size_t first = first_visible(list, damage);
  if (!hides_all(list, first, damage)) {
    libyuv::ARGBRect(target.bytes, target.stride, damage.x, damage.y, damage.width,
                     damage.height, 0xff000000u);
  }
  for (std::size_t i = first; i < list.commands.size(); ++i) {
    const DrawCommand& command = list.commands[i];
    if (const auto* flat = std::get_if<DrawFill>(&command)) {
      fill(*flat, damage, target);
    } else if (auto drawn = picture(std::get<DrawPicture>(command), damage, target); !drawn) {
      return drawn;
    }
  }
  return {};
}

Result<std::vector<Rect>> CpuCanvas::draw(const DrawList& list, PixelBuffer target,
                                          bool content_lost) {
  if (turned(list.size, turn_) != target.size) {
    return Error{ErrorKind::unsupported, "draw list: its size is not the target's"};
  }
  const bool all = content_lost || list.size != last_.size;
  const Rect damage = all ? whole(list.size) : damage_between(last_, list);
  if (damage.empty()) return std::vector<Rect>{};

  PixelBuffer canvas = target;
  if (turn_ != Turn::none) {
    upright_.resize(static_cast<std::size_t>(list.size.width) *
                    static_cast<std::size_t>(list.size.height) * 4);
    canvas = {upright_.data(), list.size.width * 4, list.size};
  }
  last_ = {};  // a failure half-way leaves a target of which nothing is known
  if (auto painted = paint(list, damage, canvas); !painted) return painted.error();
  last_ = list;
  if (turn_ == Turn::none) return std::vector{damage};

  const Rect shown = turned_rect(damage, list.size, turn_);
  libyuv::ARGBRotate(pixel(canvas, damage.x, damage.y), canvas.stride,
                     pixel(target, shown.x, shown.y), target.stride, damage.width,
                     damage.height, rotation(turn_));
  return std::vector{shown};
}

CanvasLedger CpuCanvas::ledger() const {
  return {last_.commands.size(), scaler_.bytes() + upright_.size()};
}

}  // namespace conglang::player
