#include "playlists/base/localized_text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace conglang {
namespace {

bool is_control(utf8proc_int32_t c) {
  return (c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

bool changes_direction(utf8proc_int32_t c) {
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e ||
         c == 0x200f || c == 0x061c;
}

bool is_noncharacter(utf8proc_int32_t c) {
  return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
}

std::string code_point(utf8proc_int32_t c) {
  char text[16];
  std::snprintf(text, sizeof text, "U+%04X", static_cast<unsigned>(c));
  return text;
}

Status check_characters(std::string_view text) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t c = 0;
    const utf8proc_ssize_t read = utf8proc_iterate(bytes, left, &c);
    if (read <= 0) {
      return Error{ErrorKind::malformed,
                   "the text is no UTF-8 after byte " +
                       std::to_string(text.size() - static_cast<std::size_t>(left))};
    }
    if (is_control(c) || changes_direction(c) || is_noncharacter(c)) {
      return Error{ErrorKind::malformed,
                   "the text holds " + code_point(c) + ", which is not allowed"};
    }
    bytes += read;
    left -= read;
  }
  return {};
}

}  // namespace

const std::string* LocalizedText::find(std::string_view language) const {
  if (language == "vi") return vi.empty() ? nullptr : &vi;
  const auto found = others.find(std::string(language));
  return found == others.end() ? nullptr : &found->second;
}

const std::string& LocalizedText::in(std::string_view language) const {
  const std::string* words = find(language);
  return words != nullptr ? *words : vi;
}

bool is_valid_language(std::string_view tag) {
  constexpr std::size_t kLongestPart = 8, kLongestTag = 35;  // RFC 5646
  if (tag.size() > kLongestTag) return false;
  std::size_t part = 0;
  bool first = true;
  for (const char c : tag) {
    const bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
    if (c == '-') {
      if (part < 2) return false;
      part = 0;
      first = false;
    } else if (!(letter || (digit && !first)) || ++part > (first ? 3 : kLongestPart)) {
      return false;
    }
  }
  return part >= 2;
}

Result<std::string> normalize_text(std::string_view text) {
  if (auto checked = check_characters(text); !checked) return checked.error();
  utf8proc_uint8_t* composed = nullptr;
  const utf8proc_ssize_t length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &composed,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(composed, &std::free);
  if (length < 0) {
    return Error{ErrorKind::malformed,
                 std::string("the text cannot be normalised: ") + utf8proc_errmsg(length)};
  }
  return std::string(reinterpret_cast<const char*>(composed), static_cast<std::size_t>(length));
}

}  // namespace conglang
