// What a card consists of, as a tree: words, pictures and fills in rows and columns.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "player/canvas/draw_list.h"
#include "player/text/text_engine.h"

namespace conglang::player {

enum class Direction { row, column };

// Across the direction of a group. `baseline`: the first lines of a row's children share
// one. `stretch`: children take the whole room.
enum class Align { start, center, end, baseline, stretch };

struct Insets {
  int left = 0, top = 0, right = 0, bottom = 0;
};

struct Node;

struct Spacer {};

struct Words {
  std::string text;
  TextStyle style;
  bool even = false;  // lines of even length, as of a title
  int max_lines = 0;  // 0: as many as needed
  Align align = Align::start;
  std::string where;  // for the report of what does not fit
};

// Scaled to its box; `cover` fills it and is cut, otherwise all of it is seen.
struct Picture {
  FramePtr frame;
  bool cover = false;
};

// Rectangles drawn from the top left corner of the box.
struct Fills {
  std::vector<DrawFill> fills;
};

struct Group {
  Direction direction = Direction::column;
  int gap = 0;
  Align align = Align::stretch;
  std::vector<Node> children;
};

struct Node {
  std::variant<Spacer, Words, Picture, Fills, Group> content;
  Insets padding{};
  int width = 0, height = 0;  // fixed, with the padding; 0: as the content needs
  int grow = 0;               // its share of what is left along the group's direction
  std::optional<Color> fill{};
};

Node row(int gap, std::vector<Node> children, Align align = Align::stretch);
Node column(int gap, std::vector<Node> children, Align align = Align::stretch);
Node spacer(int grow = 1);
Node block(int width, int height, Color color);

}  // namespace conglang::player
