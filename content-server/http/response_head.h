// The first bytes of an answer: status line and header, with the safe defaults.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "content-server/http/response.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

struct HeadFacts {
  std::optional<std::int64_t> content_length;  // none: 304 and event streams
  bool keeps_alive = true;
  Instant now;
};

// Adds Date, Content-Length, Connection, and, unless the answer sets them itself: nosniff, no
// referrer, `default-src 'none'` with frame-ancestors, and `no-store`.
// Fails: malformed: a header with a control character, one that the server itself writes
// (Content-Length, Connection, Transfer-Encoding, Date), a status that does not exist.
Result<std::string> response_head(
    int status, const std::vector<std::pair<std::string, std::string>>& headers,
    const HeadFacts& facts);

// "Sun, 06 Nov 1994 08:49:37 GMT". Source: RFC 9110 5.6.7.
std::string http_date(Instant instant);

// An answer of the server itself in the form that openapi.json promises for errors.
Response plain_refusal(int status, std::string_view code, std::string_view message);

// 503 with Retry-After: too many wait for a worker.
Response busy_refusal();

}  // namespace conglang::server
