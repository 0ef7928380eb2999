#include "playlists/base/ids.h"

#include <algorithm>

namespace conglang {
namespace {

constexpr std::size_t kLongestId = 63;  // as a label of a domain name; a UUID has 36

bool is_word_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

bool is_valid_id(std::string_view text) {
  if (text.empty() || text.size() > kLongestId || !is_word_character(text.front()))
    return false;
  return std::ranges::all_of(text, [](char c) { return is_word_character(c) || c == '-'; });
}

}  // namespace conglang
