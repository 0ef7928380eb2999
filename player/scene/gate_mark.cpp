#include <algorithm>

#include "player/scene/card_trees.h"

namespace conglang::player {
namespace {

// The gate in parts of a hundredth of its width: left, top, width, height. Each roof is
// three courses, the lowest with turned-up ends; the passage stays open.
struct Part {
  int x, y, width, height;
};
constexpr Part kParts[] = {
    {46, 0, 8, 5},  // crest
    {32, 5, 36, 4},   {28, 9, 44, 4},   {22, 13, 56, 4}, {19, 11, 5, 4},
    {76, 11, 5, 4},                                       // roof
    {34, 17, 4, 12},  {48, 17, 4, 12},  {62, 17, 4, 12},  // gallery
    {14, 29, 72, 4},  {8, 33, 84, 4},   {0, 37, 100, 4}, {-3, 34, 6, 4},
    {97, 34, 6, 4},                                                        // roof
    {10, 41, 80, 6},                                                       // lintel
    {10, 47, 16, 45}, {74, 47, 16, 45}, {30, 47, 4, 45}, {66, 47, 4, 45},  // pillars
    {6, 92, 24, 5},   {70, 92, 24, 5},                                     // feet
};

}  // namespace

Node gate_mark(int width, const CardStyle& style) {
  Fills fills;
  for (const Part& part : kParts) {
    const int left = part.x * width / 100, top = part.y * width / 100;
    fills.fills.push_back({{left, top, (part.x + part.width) * width / 100 - left,
                            (part.y + part.height) * width / 100 - top},
                           style.accent});
  }
  Node mark;
  mark.content = std::move(fills);
  mark.width = width;
  mark.height = width * 97 / 100;
  return mark;
}

Node accent_rule(const CardSketch& sketch, bool centred) {
  const Color color = sketch.style().accent;
  const int line = sketch.length(4), square = sketch.length(14);
  Node wing = block(sketch.length(centred ? 110 : 96), line, color);
  Node middle = block(square, square, color);
  std::vector<Node> parts;
  if (centred) {
    parts = {spacer(), wing, middle, wing, spacer()};
  } else {
    parts = {middle, wing};
  }
  return row(sketch.length(14), std::move(parts), Align::center);
}

}  // namespace conglang::player
