#include "playlists/wire/read_body.h"

namespace conglang {
namespace {

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

std::string hex_of(const Bytes32& bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

Result<Bytes32> parse_bytes32(std::string_view digits) {
  Bytes32 bytes{};
  const Error error{ErrorKind::malformed, "must be 64 lower-case hexadecimal digits"};
  if (digits.size() != 2 * bytes.size()) return error;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const int high = digit_of(digits[2 * i]), low = digit_of(digits[2 * i + 1]);
    if (high < 0 || low < 0) return error;
    bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return bytes;
}

Bytes32 read_bytes32(ObjectReader& reader, std::string_view name) {
  const std::string digits = reader.word(name);
  if (digits.empty()) return {};
  const auto bytes = parse_bytes32(digits);
  if (!bytes) reader.fault(name, bytes.error().message);
  return bytes ? *bytes : Bytes32{};
}

Instant read_instant(ObjectReader& reader, std::string_view name) {
  const auto instant = reader.optional_instant(name);
  if (!instant && !reader.has(name)) reader.fault(name, "is missing");
  return instant.value_or(Instant{});
}

std::string read_optional_text(ObjectReader& reader, std::string_view name,
                               std::int64_t most_characters) {
  return reader.has(name) ? reader.text(name, most_characters) : std::string();
}

}  // namespace conglang
