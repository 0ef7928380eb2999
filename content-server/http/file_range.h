// Which part of a file answers a request: Range, If-Range and If-None-Match as pure rules.
// Source: RFC 9110 13.1.2, 13.1.5, 14.1 and 14.2.
#pragma once

#include <cstdint>
#include <string_view>

#include "content-server/http/request.h"

namespace conglang::server {

struct FilePart {
  int status = 200;  // 200 whole, 206 a part, 304 not changed, 416 no such part
  std::int64_t from = 0;
  std::int64_t length = 0;  // bytes to send; 0 for 304 and 416
};

// True when `etag` is in the list of If-None-Match, or that is "*". Weak marks do not count.
bool is_listed_etag(std::string_view if_none_match, std::string_view etag);

// More than one range, or one that is not well formed, is answered with the whole file, as
// the RFC allows: no client of ours asks for several, and they are a way to make us work.
FilePart choose_part(const Request& request, std::string_view etag, std::int64_t file_length);

}  // namespace conglang::server
