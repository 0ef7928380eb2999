// Takes a request target and a Cookie header apart, strictly: what has two readings is refused.
#pragma once

#include <string>
#include <string_view>

#include "content-server/http/request.h"
#include "playlists/base/result.h"

namespace conglang::server {

struct RequestTarget {
  std::string path;
  TextMap query;
};

// "/a/b%20c?x=1" in the origin form.
// Fails: malformed: another form, a path with an empty, "." or ".." part, an encoded slash or
// backslash, a control character, bytes that are no UTF-8, a query name that comes twice.
Result<RequestTarget> parse_request_target(std::string_view target);

// "a=1; b=2". What is no pair is left out, and so is a name that comes twice: which of the two
// a neighbouring page has set nobody can tell.
TextMap parse_cookies(std::string_view header);

}  // namespace conglang::server
