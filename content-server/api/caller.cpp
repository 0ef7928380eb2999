#include "content-server/api/caller.h"

#include <utility>

#include "content-server/access/authenticate.h"
#include "content-server/access/same_origin.h"
#include "content-server/api/answers.h"

namespace conglang::server {
namespace {

bool changes_something(Method method) {
  return method != Method::get && method != Method::head;
}

Status check_origin(const ApiParts& parts, const Request& request) {
  const RequestOrigin origin{changes_something(request.method), request.header("origin"),
                             request.header("sec-fetch-site"), request.header("x-conglang")};
  const std::vector<std::string> own = parts.origins();
  return check_same_origin(origin, own);
}

Result<SignedIn> signed_in(const ApiParts& parts, const Request& request, Instant now) {
  const auto cookie = request.cookies.find(kSessionCookie);
  if (cookie == request.cookies.end()) {
    return Error{ErrorKind::untrusted, "nobody is signed in", "not-signed-in"};
  }
  std::optional<SignedIn> who;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    auto found = authenticate(stores.sessions, cookie->second, now);
    if (!found) return found.error();
    who = std::move(*found);
    return {};
  });
  if (!read) return read.error();
  return std::move(*who);
}

// Losing this at a crash costs nobody anything but an earlier sign-in.
void touch(const ApiParts& parts, const SignedIn& who, Instant now) {
  if (!wants_touch(who.session, now)) return;
  const Status touched =
      parts.transactions.write(Durability::crash, [&](const Stores& stores) -> Status {
        return stores.sessions.touch(who.session.id, now);
      });
  if (!touched) parts.log("session " + who.session.id + ": " + touched.error().message);
}

Response told(const ApiParts& parts, const Request& request, Response response) {
  if (!response.fault.empty()) {
    parts.log(std::string(to_string(request.method)) + " " + request.path + ": " +
              response.fault);
  }
  return response;
}

}  // namespace

Result<Caller> find_caller(const ApiParts& parts, const Request& request, Deed deed) {
  const Instant now = parts.clock.now();
  if (const Status same = check_origin(parts, request); !same) return same.error();
  auto who = signed_in(parts, request, now);
  if (!who) return who.error();
  if (const Status may_do = require(who->person, deed, {.now = now}); !may_do) {
    return may_do.error();
  }
  touch(parts, *who, now);
  return Caller{std::move(*who), now};
}

void add_caller_route(Routes& routes, const ApiParts& parts, Route route, Deed deed,
                      CallerHandler handler) {
  if (route.body.kind == BodyRule::Kind::file || route.body.most_bytes > kMostOfAStranger) {
    route.before_body = [&parts, deed](const Request& request) -> std::optional<Response> {
      const auto caller = find_caller(parts, request, deed);
      if (caller) return std::nullopt;
      return told(parts, request, refuse_caller(caller.error()));
    };
  }
  route.handler = [&parts, deed, handler = std::move(handler)](const Request& request) {
    const auto caller = find_caller(parts, request, deed);
    if (!caller) return told(parts, request, refuse_caller(caller.error()));
    return told(parts, request, handler(request, *caller));
  };
  routes.add(std::move(route));
}

void add_open_route(Routes& routes, const ApiParts& parts, Route route) {
  route.handler = [&parts, handler = std::move(route.handler)](const Request& request) {
    if (const Status same = check_origin(parts, request); !same) {
      return told(parts, request, refuse_caller(same.error()));
    }
    return told(parts, request, handler(request));
  };
  routes.add(std::move(route));
}

Response refuse_caller(const Error& error) {
  Response response = refuse(error);
  if (error.code == "not-signed-in") response.status = 401;
  return response;
}

}  // namespace conglang::server
