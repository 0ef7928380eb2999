#include "player/app/player_options.h"

#include <charconv>
#include <cmath>
#include <sstream>

namespace conglang::player {
namespace {

constexpr int kSmallestSide = 16;
constexpr int kLargestSide = 8192;  // more than any panel, and what the scaler is safe with
constexpr double kLongestSeconds = 7 * 24 * 3600;

std::optional<int> parse_int(std::string_view text) {
  int number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool is_side(std::optional<int> side) {
  return side && *side >= kSmallestSide && *side <= kLargestSide;
}

}  // namespace

Result<Size> parse_size(const std::string& text) {
  const auto cross = text.find('x');
  if (cross != std::string::npos) {
    const auto width = parse_int(std::string_view(text).substr(0, cross));
    const auto height = parse_int(std::string_view(text).substr(cross + 1));
    if (is_side(width) && is_side(height)) return Size{*width, *height};
  }
  return Error{ErrorKind::malformed,
               "size: \"" + text + "\" is not WIDTHxHEIGHT with sides of 16 to 8192"};
}

Result<Turn> parse_turn(const std::string& text) {
  if (text == "0") return Turn::none;
  if (text == "90") return Turn::quarter;
  if (text == "180") return Turn::half;
  if (text == "270") return Turn::three_quarters;
  return Error{ErrorKind::malformed, "rotate: \"" + text + "\" is not 0, 90, 180 or 270"};
}

Result<LanguageChoice> parse_language_choice(const std::string& text) {
  if (text == "vi") return LanguageChoice::vi;
  if (text == "en") return LanguageChoice::en;
  if (text == "both") return LanguageChoice::both;
  return Error{ErrorKind::malformed, "language: \"" + text + "\" is not vi, en or both"};
}

Result<std::vector<std::chrono::milliseconds>> parse_seconds_list(const std::string& text) {
  std::vector<std::chrono::milliseconds> moments;
  std::istringstream list(text);
  for (std::string part; std::getline(list, part, ',');) {
    double seconds = 0;
    const auto [end, fault] = std::from_chars(part.data(), part.data() + part.size(), seconds);
    const bool whole = fault == std::errc{} && end == part.data() + part.size();
    if (!whole || !(seconds >= 0 && seconds <= kLongestSeconds)) {
      return Error{ErrorKind::malformed, "seconds: \"" + part + "\" is not a number from 0 on"};
    }
    moments.emplace_back(std::lround(seconds * 1000));
  }
  return moments;
}

}  // namespace conglang::player
