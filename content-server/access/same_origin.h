// Whether a request that changes something was made by our own page.
//
// Source: ASVS 5.0.0, 3.5; beside the cookie's SameSite=Strict.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "playlists/base/result.h"

namespace conglang::server {

struct RequestOrigin {
  bool changes_something = false;   // neither GET nor HEAD
  std::string_view origin;          // header Origin; empty when there is none
  std::string_view sec_fetch_site;  // header Sec-Fetch-Site
  std::string_view own_header;      // header X-Conglang
};

// What changes something needs `X-Conglang: 1`, and an Origin that is one of `own_origins`
// ("https://conglang.local:8443") or, without Origin, `Sec-Fetch-Site: same-origin`.
// Fails: untrusted, code "foreign-origin".
Status check_same_origin(const RequestOrigin& request,
                         std::span<const std::string> own_origins);

}  // namespace conglang::server
