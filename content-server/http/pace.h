// When a body that comes or goes too slowly is given up.
#pragma once

#include <algorithm>

#include "content-server/http/http_settings.h"
#include "playlists/base/time.h"

namespace conglang::server {

// The last instant at which the next byte is still in time, after `moved` bytes since
// `started`. So one byte a second ends with the grace, however long the body is.
inline MonotonicTime pace_deadline(const PaceRule& rule, MonotonicTime started,
                                   std::int64_t moved, MonotonicTime now) {
  const auto earned = std::chrono::milliseconds{moved * 1000 / rule.slowest_bytes_per_second};
  return std::min(now + rule.idle, started + rule.grace + earned);
}

}  // namespace conglang::server
