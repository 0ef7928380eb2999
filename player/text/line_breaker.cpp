#include "player/text/line_breaker.h"

#include <algorithm>
#include <array>

#include "player/text/graphemes.h"

namespace conglang::player {
namespace {

constexpr std::string_view kEllipsis = "…";

// What follows a number on the same line.
constexpr std::array<std::string_view, 27> kUnits = {
    "₫",  "đ",   "đồng",  "VND",   "VNĐ", "USD", "%",   "‰",    "°C",
    "km", "m",   "cm",    "mm",    "m²",  "m³",  "km²", "ha",   "kg",
    "g",  "tấn", "nghìn", "triệu", "tỷ",  "lít", "giờ", "phút", "kWh"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view without_marks(std::string_view word) {
  while (!word.empty() &&
         std::string_view{".,;:!?)"}.find(word.back()) != std::string_view::npos) {
    word.remove_suffix(1);
  }
  return word;
}

bool is_unit(std::string_view word) {
  return std::find(kUnits.begin(), kUnits.end(), without_marks(word)) != kUnits.end();
}

bool is_dash(std::string_view word) { return word == "-" || word == "–" || word == "—"; }

// May a line end between these two words?
bool holds_together(std::string_view before, std::string_view after) {
  if (is_dash(after)) return true;
  if (is_digit(before.back()) && (is_digit(after.front()) || is_unit(after))) return true;
  return false;
}

std::vector<std::string_view> words_of(std::string_view paragraph) {
  std::vector<std::string_view> words;
  while (!paragraph.empty()) {
    const auto space = std::min(paragraph.find(' '), paragraph.size());
    if (space > 0) words.push_back(paragraph.substr(0, space));
    paragraph.remove_prefix(std::min(space + 1, paragraph.size()));
  }
  return words;
}

// "công-ten-nơ" may end a line after each hyphen, "1885–1889" and "186/QĐ-1" may not.
void split_at_hyphens(std::string_view word, std::vector<std::string>& pieces) {
  std::size_t start = 0;
  for (std::size_t at = 1; at + 1 < word.size(); ++at) {
    const std::size_t dash = word.substr(at, 1) == "-"                                ? 1
                             : word.substr(at, 3) == "–" || word.substr(at, 3) == "—" ? 3
                                                                                      : 0;
    const std::size_t end = at + dash;
    if (dash == 0 || end >= word.size() || is_digit(word[at - 1]) || is_digit(word[end]))
      continue;
    pieces.emplace_back(word.substr(start, end - start));
    start = end;
  }
  pieces.emplace_back(word.substr(start));
}

std::string joined(const std::vector<std::string>& pieces, std::size_t first,
                   std::size_t last) {
  std::string line;
  for (std::size_t i = first; i < last; ++i) line += pieces[i];
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

// Lines as ranges of pieces, each as full as the width allows.
using Ends = std::vector<std::size_t>;

Ends fill_lines(const std::vector<std::string>& pieces, int width, const MeasureText& measure) {
  Ends ends;
  std::size_t first = 0;
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    if (measure(joined(pieces, first, i + 1)) <= width) continue;
    ends.push_back(i);
    first = i;
  }
  ends.push_back(pieces.size());
  return ends;
}

// The narrowest width that needs no more lines, so that a title's lines are even.
Ends even_lines(const std::vector<std::string>& pieces, int width, const MeasureText& measure) {
  Ends best = fill_lines(pieces, width, measure);
  int narrow = width / 2, wide = width;
  while (best.size() > 1 && wide - narrow > 8) {
    const int middle = (narrow + wide) / 2;
    Ends ends = fill_lines(pieces, middle, measure);
    const bool whole = std::all_of(pieces.begin(), pieces.end(), [&](const std::string& piece) {
      return measure(joined({piece}, 0, 1)) <= middle;
    });
    if (whole && ends.size() == best.size()) {
      best = std::move(ends);
      wide = middle;
    } else {
      narrow = middle;
    }
  }
  return best;
}

// A single short piece on the last line takes the one before it along.
void keep_company(const std::vector<std::string>& pieces, int width, const MeasureText& measure,
                  Ends& ends) {
  if (ends.size() < 2) return;
  std::size_t& last_start = ends[ends.size() - 2];
  const std::size_t line_start = ends.size() > 2 ? ends[ends.size() - 3] : 0;
  const bool lonely =
      pieces.size() - last_start == 1 && pieces.back().find(' ') == std::string::npos;
  if (!lonely || last_start - line_start < 2) return;
  if (measure(joined(pieces, last_start - 1, pieces.size())) <= width) --last_start;
}

// Pieces wider than a line are cut between letters.
std::vector<std::string> cut_to_width(std::vector<std::string> pieces, int width,
                                      const MeasureText& measure) {
  std::vector<std::string> cut;
  for (std::string& piece : pieces) {
    if (measure(joined({piece}, 0, 1)) <= width) {
      cut.push_back(std::move(piece));
      continue;
    }
    std::string part;
    for (const std::string_view letter : graphemes(piece)) {
      if (!part.empty() && measure(part + std::string{letter}) > width) {
        cut.push_back(std::move(part));
        part.clear();
      }
      part += letter;
    }
    if (!part.empty()) cut.push_back(std::move(part));
  }
  return cut;
}

std::string with_ellipsis(std::string line, int width, const MeasureText& measure) {
  auto letters = graphemes(line);
  std::size_t length = line.size();
  while (length > 0 && measure(line.substr(0, length) + std::string{kEllipsis}) > width) {
    length -= letters.back().size();
    letters.pop_back();
    const auto space = line.rfind(' ', length);
    // Whole words go, unless that would leave less than half of the line.
    if (space != std::string::npos && space > line.size() / 2 && space < length) {
      length = space;
      letters = graphemes(std::string_view{line}.substr(0, length));
    }
  }
  line.resize(length);
  while (!line.empty() &&
         std::string_view{" ,;:-"}.find(line.back()) != std::string_view::npos) {
    line.pop_back();
  }
  return line + std::string{kEllipsis};
}

void break_paragraph(std::string_view paragraph, const BreakOptions& options,
                     const MeasureText& measure, std::vector<std::string>& lines) {
  const auto pieces = cut_to_width(unbreakable_pieces(paragraph), options.width, measure);
  if (pieces.empty()) {
    lines.emplace_back();
    return;
  }
  Ends ends = options.title ? even_lines(pieces, options.width, measure)
                            : fill_lines(pieces, options.width, measure);
  if (options.title) keep_company(pieces, options.width, measure, ends);
  std::size_t first = 0;
  for (const std::size_t end : ends) {
    lines.push_back(joined(pieces, first, end));
    first = end;
  }
}

}  // namespace

std::vector<std::string> unbreakable_pieces(std::string_view paragraph) {
  std::vector<std::string> pieces;
  const auto words = words_of(paragraph);
  bool range = false;  // the last word was a dash between numbers
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool follows = i > 0 && (holds_together(words[i - 1], words[i]) ||
                                   (range && is_digit(words[i].front())));
    range = i > 0 && is_dash(words[i]) && is_digit(words[i - 1].back());
    std::vector<std::string> parts;
    split_at_hyphens(words[i], parts);
    if (i + 1 < words.size()) parts.back() += ' ';
    if (follows) {
      pieces.back() += parts.front();
      parts.erase(parts.begin());
    }
    std::move(parts.begin(), parts.end(), std::back_inserter(pieces));
  }
  return pieces;
}

BrokenLines break_lines(std::string_view text, const BreakOptions& options,
                        const MeasureText& measure) {
  BrokenLines broken;
  while (true) {
    const auto end = std::min(text.find('\n'), text.size());
    break_paragraph(text.substr(0, end), options, measure, broken.lines);
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  const auto bound = static_cast<std::size_t>(options.max_lines);
  if (options.max_lines > 0 && broken.lines.size() > bound) {
    broken.lines.resize(bound);
    broken.lines.back() = with_ellipsis(broken.lines.back(), options.width, measure);
    broken.cut = true;
  }
  return broken;
}

}  // namespace conglang::player
