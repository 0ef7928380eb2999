// Cuts UTF-8 at the borders of what a reader calls one letter.
#pragma once

#include <string_view>
#include <vector>

namespace conglang::player {

// Requires: valid UTF-8.
std::vector<std::string_view> graphemes(std::string_view text);
std::vector<char32_t> code_points(std::string_view text);

}  // namespace conglang::player
