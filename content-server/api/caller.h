// Who asks: routes for people who are signed in and may do the deed.
#pragma once

#include <cstdint>
#include <functional>

#include "content-server/access/permissions.h"
#include "content-server/access/session.h"
#include "content-server/api/api_parts.h"
#include "content-server/http/routes.h"

namespace conglang::server {

inline constexpr std::int64_t kMostOfAStranger = 64 << 10;  // read before we know who asks

struct Caller {
  SignedIn who;
  Instant now{};

  std::string actor() const { return who.actor(); }
};

using CallerHandler = std::function<Response(const Request&, const Caller&)>;

// The person behind the request's cookie, who may do the deed; for a request that changes
// something, made by our own page.
// Fails: untrusted, code "not-signed-in" (401), "foreign-origin" or "not-allowed" (403).
Result<Caller> find_caller(const ApiParts& parts, const Request& request, Deed deed);

// A route of the officer's API: `handler` is called only for somebody who may do the deed.
// A body that is large or becomes a file is not even read from others. For Deed::approve the
// handler asks require() again, with what it knows of the submission. `parts` must outlive the
// route.
void add_caller_route(Routes& routes, const ApiParts& parts, Route route, Deed deed,
                      CallerHandler handler);

// A route for anybody, whose requests must still come from our own page or carry no cookie.
void add_open_route(Routes& routes, const ApiParts& parts, Route route);

// As refuse(), and 401 for "not-signed-in".
Response refuse_caller(const Error& error);

}  // namespace conglang::server
