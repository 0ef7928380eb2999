#include "player/text/graphemes.h"

#include <utf8proc.h>

namespace conglang::player {
namespace {

struct Decoded {
  utf8proc_int32_t code = 0;
  std::size_t length = 1;
};

Decoded decode(std::string_view text) {
  Decoded decoded;
  const auto length =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &decoded.code);
  if (length > 0) decoded.length = static_cast<std::size_t>(length);
  return decoded;
}

}  // namespace

std::vector<std::string_view> graphemes(std::string_view text) {
  std::vector<std::string_view> found;
  utf8proc_int32_t state = 0, before = 0;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded now = decode(text.substr(at));
    if (at > 0 && utf8proc_grapheme_break_stateful(before, now.code, &state)) {
      found.push_back(text.substr(start, at - start));
      start = at;
    }
    before = now.code;
    at += now.length;
  }
  if (start < text.size()) found.push_back(text.substr(start));
  return found;
}

std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> found;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded now = decode(text.substr(at));
    found.push_back(static_cast<char32_t>(now.code));
    at += now.length;
  }
  return found;
}

}  // namespace conglang::player
