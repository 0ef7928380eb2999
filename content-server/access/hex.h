// Bytes as lower-case hexadecimal digits and back.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "content-server/access/secret.h"
#include "playlists/base/result.h"

namespace conglang::server {

std::string to_hex(std::span<const std::uint8_t> bytes);
inline std::string to_hex(const Secret& secret) {
  return to_hex({secret.data(), secret.size()});
}

// Fails: malformed.
Result<Secret> from_hex(std::string_view digits);

}  // namespace conglang::server
