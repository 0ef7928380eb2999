// Decides where lines end, for Vietnamese and for languages that put spaces between words.
//
// Pure: what a string measures comes in as a function.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace conglang::player {

using MeasureText = std::function<int(std::string_view)>;

struct BreakOptions {
  int width = 0;
  int max_lines = 0;   // 0: no bound
  bool title = false;  // even lines, no lonely last syllable
};

struct BrokenLines {
  std::vector<std::string> lines;
  bool cut = false;  // the last line ends with an ellipsis of ours
};

// Breaks at spaces, after hyphens and after dashes; never between a number and its unit
// ("10 000 ₫", "28 km"), within a range ("8 - 10") or before a dash. A word wider than a
// line is cut between letters. Requires: NFC.
BrokenLines break_lines(std::string_view text, const BreakOptions& options,
                        const MeasureText& measure);

// The pieces of one paragraph between which a line may end; joined they are the paragraph
// with single spaces.
std::vector<std::string> unbreakable_pieces(std::string_view paragraph);

}  // namespace conglang::player
