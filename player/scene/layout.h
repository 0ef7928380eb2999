// Gives every node of a tree its place and turns the tree into a draw list.
//
// A small flex layout: along a group each child takes what it needs, what is left goes
// to those that grow; across it they are aligned or stretched.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "player/scene/node.h"

namespace conglang::player {

struct MissingGlyph {
  std::string where, letter;
};

struct LaidOut {
  std::vector<DrawCommand> commands;
  Rect words;                    // covers all lines of text
  bool overflows = false;        // something needs more room than there is
  std::vector<std::string> cut;  // the `where` of words that end with an ellipsis
  std::vector<MissingGlyph> missing;
};

// Fails: as TextEngine::lay_out.
Result<LaidOut> lay_out_scene(const Node& root, const Rect& room, TextEngine& text);

}  // namespace conglang::player
