// Sizes, rectangles and turns of the picture on the glass.
#pragma once

#include <algorithm>
#include <compare>

namespace conglang::player {

struct Size {
  int width = 0, height = 0;
  auto operator<=>(const Size&) const = default;
};

// Pixels; covers [x, x + width) by [y, y + height).
struct Rect {
  int x = 0, y = 0, width = 0, height = 0;

  bool empty() const { return width <= 0 || height <= 0; }
  int right() const { return x + width; }
  int bottom() const { return y + height; }
  bool contains(const Rect& other) const {
    return other.x >= x && other.y >= y && other.right() <= right() &&
           other.bottom() <= bottom();
  }
  bool operator==(const Rect&) const = default;
};

inline Rect whole(Size size) { return {0, 0, size.width, size.height}; }

inline Rect intersection(const Rect& a, const Rect& b) {
  const int left = std::max(a.x, b.x), top = std::max(a.y, b.y);
  const int right = std::min(a.right(), b.right()), bottom = std::min(a.bottom(), b.bottom());
  if (right <= left || bottom <= top) return {};
  return {left, top, right - left, bottom - top};
}

// The smallest rectangle that covers both; an empty one counts as nothing.
inline Rect union_of(const Rect& a, const Rect& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  const int left = std::min(a.x, b.x), top = std::min(a.y, b.y);
  return {left, top, std::max(a.right(), b.right()) - left,
          std::max(a.bottom(), b.bottom()) - top};
}

// Clockwise, to be applied to the stored pixels to show them upright.
enum class Turn { none, quarter, half, three_quarters };

inline bool swaps_sides(Turn turn) {
  return turn == Turn::quarter || turn == Turn::three_quarters;
}

inline Size turned(Size size, Turn turn) {
  return swaps_sides(turn) ? Size{size.height, size.width} : size;
}

}  // namespace conglang::player
