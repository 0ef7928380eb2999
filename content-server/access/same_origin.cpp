#include "content-server/access/same_origin.h"

#include <algorithm>

namespace conglang::server {
namespace {

Error foreign(const std::string& why) {
  return {ErrorKind::untrusted, "request: " + why, "foreign-origin"};
}

}  // namespace

Status check_same_origin(const RequestOrigin& request,
                         std::span<const std::string> own_origins) {
  if (!request.changes_something) return {};
  if (request.own_header != "1") return foreign("the header X-Conglang is missing");
  if (!request.origin.empty()) {
    const bool is_ours = std::ranges::find(own_origins, request.origin) != own_origins.end();
    return is_ours ? Status() : foreign("its Origin is another address");
  }
  if (request.sec_fetch_site == "same-origin") return {};
  return foreign("neither Origin nor Sec-Fetch-Site says that it is our own page's");
}

}  // namespace conglang::server
