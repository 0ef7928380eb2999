// Routes for kiosks that were taken in: who asks is known by a bearer token.
#pragma once

#include <functional>

#include "content-server/api/api_parts.h"
#include "content-server/http/routes.h"
#include "content-server/kiosks/kiosk_desk.h"

namespace conglang::server {

using KioskHandler = std::function<Response(const Request&, const Kiosk&)>;

// Fails: untrusted, code "unknown-token" or "revoked".
Result<Kiosk> find_kiosk_caller(const ApiParts& parts, const Request& request);

// `handler` is called only for a kiosk that is not revoked; a large body, or one that becomes
// a file, is not even read from others. `parts` must outlive the route.
void add_kiosk_route(Routes& routes, const ApiParts& parts, Route route, KioskHandler handler);

// As refuse(), and 401 for a token that does not count.
Response refuse_kiosk(const Error& error);

KioskDesk kiosk_desk_of(const Stores& stores, const std::string& actor, Instant now);

}  // namespace conglang::server
