#include "player/canvas/damage.h"

namespace conglang::player {

Rect bounds(const DrawCommand& command) {
  if (const auto* fill = std::get_if<DrawFill>(&command)) return fill->where;
  const auto& picture = std::get<DrawPicture>(command);
  return picture.clip.empty() ? picture.where : intersection(picture.where, picture.clip);
}

bool is_opaque(const DrawCommand& command) {
  if (const auto* fill = std::get_if<DrawFill>(&command)) return fill->color.alpha == 255;
  const auto& picture = std::get<DrawPicture>(command);
  return picture.opacity >= 1 && picture.frame->layout != PixelLayout::bgra;
}

Rect damage_between(const DrawList& before, const DrawList& now) {
  if (before.size != now.size) return whole(now.size);
  const auto& a = before.commands;
  const auto& b = now.commands;
  const std::size_t shared = std::min(a.size(), b.size());
  std::size_t front = 0;
  while (front < shared && a[front] == b[front]) ++front;
  std::size_t back = 0;
  while (back < shared - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;

  Rect damage;
  for (std::size_t i = front; i + back < a.size(); ++i) damage = union_of(damage, bounds(a[i]));
  for (std::size_t i = front; i + back < b.size(); ++i) damage = union_of(damage, bounds(b[i]));
  return intersection(damage, whole(now.size));
}

}  // namespace conglang::player
