#include "player/report/printable.h"

#include <cstddef>

namespace conglang::player {
namespace {

struct Sequence {
  std::size_t length = 0;  // 0: no UTF-8 here
  char32_t code_point = 0;
};

std::size_t expected_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

bool is_overlong_or_surrogate(std::size_t length, char32_t code_point) {
  if (length == 3 && code_point < 0x800) return true;
  if (length == 4 && (code_point < 0x10000 || code_point > 0x10FFFF)) return true;
  return code_point >= 0xD800 && code_point <= 0xDFFF;
}

Sequence read_sequence(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = expected_length(lead);
  if (length == 0 || length > text.size()) return {};
  if (length == 1) return {1, lead};
  char32_t code_point = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) != 0x80) return {};
    code_point = (code_point << 6) | (byte & 0x3Fu);
  }
  if (is_overlong_or_surrogate(length, code_point)) return {};
  return {length, code_point};
}

bool may_be_printed(char32_t c) {
  if (c == U'\\') return false;                                 // begins an escape
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;        // controls
  if (c == 0x061C || c == 0x200E || c == 0x200F) return false;  // direction marks
  if (c >= 0x2028 && c <= 0x202E) return false;                 // line ends, bidi overrides
  return !(c >= 0x2066 && c <= 0x2069);                         // bidi isolates
}

void append_escaped(std::string& out, std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += "\\x";
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Sequence sequence = read_sequence(text);
    const std::size_t length = sequence.length == 0 ? 1 : sequence.length;
    const bool keep = sequence.length != 0 && may_be_printed(sequence.code_point);
    if (keep) out += text.substr(0, length);
    if (!keep) append_escaped(out, text.substr(0, length));
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace conglang::player
