#include "player/text/line_breaker.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace conglang::player {
namespace {

// Words that stay with the number before them.
constexpr std::array<std::string_view, 19> kUnits{
    "₫",  "đ",  "đồng", "%",   "km",    "km²",   "m",   "m²",  "cm", "mm",
    "ha", "kg", "g",    "tấn", "nghìn", "triệu", "tỷ", "USD", "°C"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view without_punctuation(std::string_view word) {
  while (!word.empty() && std::string_view(".,;:)").find(word.back()) != std::string_view::npos) {
    word.remove_suffix(1);
  }
  return word;
}

bool is_dash(std::string_view word) { return word == "-" || word == "–" || word == "—"; }

// True when a line must not end between the two words.
bool belong_together(std::string_view before, std::string_view after) {
  if (is_dash(after)) return true;
  if (before.empty() || !is_digit(before.back()) || after.empty()) return false;
  return is_digit(after.front()) ||
         std::ranges::find(kUnits, without_punctuation(after)) != kUnits.end();
}

// A piece that is never broken unless it is wider than a whole line.
struct Piece {
  std::string text;
  bool space_before = false;
};

// Splits a word after its hyphens: "văn hoá-xã hội".
void add_word(std::string_view word, bool space_before, std::vector<Piece>& pieces) {
  while (true) {
    const auto hyphen = word.find('-');
    const bool inside = hyphen != std::string_view::npos && hyphen > 0 && hyphen + 1 < word.size() &&
                        !is_digit(word[hyphen - 1]) && !is_digit(word[hyphen + 1]);
    if (!inside) break;
    pieces.push_back({std::string(word.substr(0, hyphen + 1)), space_before});
    word.remove_prefix(hyphen + 1);
    space_before = false;
  }
  pieces.push_back({std::string(word), space_before});
}

std::vector<Piece> pieces_of(std::string_view paragraph) {
  std::vector<Piece> pieces;
  std::string_view previous;
  while (!paragraph.empty()) {
    const auto end = std::min(paragraph.find(' '), paragraph.size());
    const std::string_view word = paragraph.substr(0, end);
    paragraph.remove_prefix(std::min(end + 1, paragraph.size()));
    if (word.empty()) continue;
    if (!pieces.empty() && belong_together(previous, word)) {
      pieces.back().text += " " + std::string(word);
    } else {
      add_word(word, !pieces.empty(), pieces);
    }
    previous = word;
  }
  return pieces;
}

// The length in bytes of the longest beginning that fits, at least one character with
// all its marks.
std::size_t fitting_prefix(std::string_view text, int width, const MeasureText& measure) {
  std::size_t fits = 0;
  utf8proc_int32_t state = 0, previous = -1;
  std::size_t position = 0;
  while (position < text.size()) {
    utf8proc_int32_t c = 0;
    const auto read =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + position,
                         static_cast<utf8proc_ssize_t>(text.size() - position), &c);
    if (read <= 0) break;
    if (previous >= 0 && utf8proc_grapheme_break_stateful(previous, c, &state)) {
      if (fits > 0 && measure(text.substr(0, position)) > width) return fits;
      fits = position;
    }
    previous = c;
    position += static_cast<std::size_t>(read);
  }
  return fits > 0 && measure(text) > width ? fits : text.size();
}

class Breaker {
 public:
  Breaker(const BreakRules& rules, const MeasureText& measure) : rules_(rules), measure_(measure) {}

  void add(const Piece& piece) {
    const std::string joined = line_ + (piece.space_before && !line_.empty() ? " " : "") + piece.text;
    if (measure_(joined) <= rules_.width) {
      line_ = joined;
      return;
    }
    if (!line_.empty()) end_line();
    line_ = piece.text;
    while (measure_(line_) > rules_.width) {
      const std::size_t fits = fitting_prefix(line_, rules_.width, measure_);
      if (fits >= line_.size()) break;
      lines.push_back(line_.substr(0, fits));
      line_.erase(0, fits);
    }
  }

  void end_line() {
    lines.push_back(line_);
    line_.clear();
  }

  std::vector<std::string> lines;

 private:
  const BreakRules& rules_;
  const MeasureText& measure_;
  std::string line_;
};

// Gives a last line of one syllable company from the line before it.
void bring_company(std::vector<std::string>& lines, const BreakRules& rules,
                   const MeasureText& measure) {
  if (lines.size() < 2 || lines.back().find(' ') != std::string::npos) return;
  std::string& before = lines[lines.size() - 2];
  const auto space = before.rfind(' ');
  if (space == std::string::npos) return;
  const std::string_view tail = std::string_view(before).substr(space + 1);
  const auto earlier = before.rfind(' ', space - 1);
  const std::string_view neighbour = std::string_view(before).substr(
      earlier == std::string::npos ? 0 : earlier + 1,
      space - (earlier == std::string::npos ? 0 : earlier + 1));
  if (belong_together(neighbour, tail)) return;
  const std::string together = std::string(tail) + " " + lines.back();
  if (measure(together) > rules.width) return;
  before.resize(space);
  lines.back() = together;
}

}  // namespace

std::vector<std::string> break_lines(std::string_view text, const BreakRules& rules,
                                     const MeasureText& measure) {
  std::vector<std::string> lines;
  while (true) {
    const auto end = std::min(text.find('\n'), text.size());
    Breaker breaker(rules, measure);
    for (const Piece& piece : pieces_of(text.substr(0, end))) breaker.add(piece);
    breaker.end_line();
    if (rules.no_widow) bring_company(breaker.lines, rules, measure);
    lines.insert(lines.end(), breaker.lines.begin(), breaker.lines.end());
    if (end == text.size()) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string with_ellipsis(std::string_view line, int width, const MeasureText& measure) {
  const std::string dots = "…";
  if (measure(std::string(line) + dots) <= width) return std::string(line) + dots;
  const int left = std::max(1, width - measure(dots));
  std::string cut(line.substr(0, fitting_prefix(line, left, measure)));
  while (!cut.empty() && cut.back() == ' ') cut.pop_back();
  return cut + dots;
}

}  // namespace conglang::player
