// Breaks a paragraph into lines as Vietnamese and English want it.
//
// Pure: widths come from the caller, so that the rules can be tested without a font.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace conglang::player {

// The width of a piece of text, in pixels.
using MeasureText = std::function<int(std::string_view)>;

struct BreakRules {
  int width = 0;          // pixels
  bool no_widow = false;  // a title's last line has more than one syllable
};

// Lines without the spaces at which they were broken. Breaks at spaces and after
// hyphens, never between a number and its unit ("10 000 ₫", "3 km"), never before a
// dash; a word wider than the line is cut between characters, marks kept with their
// letter. A line feed ends a line. `text` is NFC.
std::vector<std::string> break_lines(std::string_view text, const BreakRules& rules,
                                     const MeasureText& measure);

// `line` cut so that it fits with "…" behind it.
std::string with_ellipsis(std::string_view line, int width, const MeasureText& measure);

}  // namespace conglang::player
