// Whether the beginning of an answer can be an answer to what was asked.
//
// Pure. Names the web page of a captive portal for what it is: a kiosk that believed it
// would report a broken server, and people would look for the fault in the wrong place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "player/sync/http_client.h"

namespace conglang::player {

// The failure; nothing for an answer that may be read on.
std::optional<HttpFailure> judge_head(const HttpRequest& request, const HttpHead& head);

// For answers that were read whole: JSON does not begin with '<'.
std::optional<HttpFailure> judge_body(const HttpRequest& request, const HttpAnswer& answer);

// "https://host:8443" of an address; empty when it is none of http and https.
std::string origin_of(std::string_view address);

// The first byte that "bytes 100-199/200" speaks of. Nothing when it is not of that form,
// does not go to the end, or is of another length than `whole`.
std::optional<std::int64_t> first_byte_of(std::string_view content_range, std::int64_t whole);

}  // namespace conglang::player
