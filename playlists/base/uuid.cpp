#include "playlists/base/uuid.h"

#include <string_view>

namespace conglang {
namespace {

void append_hex(std::string& out, std::uint64_t bits, int digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
    out += kDigits[(bits >> shift) & 15];
}

}  // namespace

std::string make_uuid7(Instant instant, std::uint64_t random_high, std::uint64_t random_low) {
  const auto millis = static_cast<std::uint64_t>(instant.time_since_epoch().count());
  std::string id;
  append_hex(id, millis >> 16, 8);
  id += '-';
  append_hex(id, millis & 0xFFFF, 4);
  id += '-';
  append_hex(id, 0x7000 | (random_high & 0x0FFF), 4);
  id += '-';
  append_hex(id, 0x8000 | ((random_low >> 48) & 0x3FFF), 4);
  id += '-';
  append_hex(id, random_low & 0xFFFF'FFFF'FFFF, 12);
  return id;
}

}  // namespace conglang
