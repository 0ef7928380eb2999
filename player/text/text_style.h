// How words look: which face, how large, in which colour.
#pragma once

#include <compare>

#include "player/canvas/draw_list.h"

namespace conglang::player {

// By what it is for, so that a theme can change the files without touching a layout.
enum class Face {
  title,   // names of things
  body,    // what is read
  strong,  // labels and figures
};

struct TextStyle {
  Face face = Face::body;
  int size = 32;  // pixels of the em
  Color color{255, 255, 255, 255};
  bool operator==(const TextStyle&) const = default;
};

// Two marks stand on one letter (ế, Ỗ) and one below (ậ): lines nearer than this touch.
constexpr double kLineHeight = 1.4;  // of the em

}  // namespace conglang::player
