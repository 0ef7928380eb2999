// UUIDs that sort by the time of their making.
#pragma once

#include <cstdint>
#include <string>

#include "playlists/base/time.h"

namespace conglang {

// A UUID version 7 (RFC 9562) of the instant and 74 of the 128 random bits, in lower case:
// a valid id of any kind.
std::string make_uuid7(Instant instant, std::uint64_t random_high, std::uint64_t random_low);

}  // namespace conglang
