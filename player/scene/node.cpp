#include "player/scene/node.h"

#include <utility>

namespace conglang::player {
namespace {

Node group(Direction direction, int gap, std::vector<Node> children, Align align) {
  Node made;
  made.content = Group{direction, gap, align, std::move(children)};
  return made;
}

}  // namespace

Node row(int gap, std::vector<Node> children, Align align) {
  return group(Direction::row, gap, std::move(children), align);
}

Node column(int gap, std::vector<Node> children, Align align) {
  return group(Direction::column, gap, std::move(children), align);
}

Node spacer(int grow) {
  Node made;
  made.grow = grow;
  return made;
}

Node block(int width, int height, Color color) {
  Node made;
  made.width = width;
  made.height = height;
  made.fill = color;
  return made;
}

}  // namespace conglang::player
