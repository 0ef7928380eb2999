#include "content-server/access/hex.h"

#include <sodium.h>

namespace conglang::server {

std::string to_hex(std::span<const std::uint8_t> bytes) {
  std::string digits(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
  digits.pop_back();
  return digits;
}

Result<Secret> from_hex(std::string_view digits) {
  Secret bytes(digits.size() / 2);
  std::size_t length = 0;
  const int status = sodium_hex2bin(bytes.data(), bytes.size(), digits.data(), digits.size(),
                                    nullptr, &length, nullptr);
  if (status != 0 || length * 2 != digits.size()) {
    return Error{ErrorKind::malformed, "hexadecimal digits are expected"};
  }
  return bytes;
}

}  // namespace conglang::server
