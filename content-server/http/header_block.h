// The rules for the bytes of a request's header, before any parser reads them.
//
// A proxy in front and the server behind must never disagree where a request ends: whatever
// leaves room for two readings is refused. Source: RFC 9112 2.2, 5.1, 5.2, 6.1 and 6.3.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "content-server/http/request.h"
#include "playlists/base/result.h"

namespace conglang::server {

// Where the header ends in what has arrived: after its empty line. Empty: not yet.
std::optional<std::size_t> header_end(std::string_view received);

// Of one header with its empty line. Fails: malformed: a line feed or carriage return alone,
// a folded line, a space before a colon, a control character, no name.
Status check_header_bytes(std::string_view header);

// How long the body is and whether the connection may be used again.
struct Framing {
  bool is_chunked = false;
  std::int64_t content_length = 0;  // when not chunked
  bool has_body() const { return is_chunked || content_length > 0; }
};

struct HeaderFields {
  TextMap headers;  // names in lower case; several of one name joined by ", "
  Framing framing;
};

// The fields of a header that passed check_header_bytes(). `is_http_1_1` asks for a Host.
// Fails: malformed: Host, Content-Length, Transfer-Encoding or another field that has one
// meaning only comes twice; both lengths; a length that is no number; a coding that is not
// "chunked" alone (code "unknown-coding"); no Host in HTTP/1.1.
Result<HeaderFields> read_header_fields(std::string_view header, bool is_http_1_1);

}  // namespace conglang::server
