#include "content-server/api/kiosk_caller.h"

#include <utility>

#include "content-server/api/answers.h"
#include "content-server/api/caller.h"
#include "content-server/kiosks/kiosk_link.h"

namespace conglang::server {
namespace {

constexpr std::string_view kScheme = "Bearer ";

Response told(const ApiParts& parts, const Request& request, Response response) {
  if (!response.fault.empty()) parts.log(request.path + ": " + response.fault);
  return response;
}

}  // namespace

Result<Kiosk> find_kiosk_caller(const ApiParts& parts, const Request& request) {
  const std::string_view header = request.header("authorization");
  if (!header.starts_with(kScheme)) {
    return Error{ErrorKind::untrusted, "token: is missing", "unknown-token"};
  }
  std::optional<Kiosk> caller;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    auto kiosk = authenticate_kiosk(stores.kiosks, header.substr(kScheme.size()));
    if (!kiosk) return kiosk.error();
    caller = std::move(*kiosk);
    return {};
  });
  if (!read) return read.error();
  return std::move(*caller);
}

void add_kiosk_route(Routes& routes, const ApiParts& parts, Route route, KioskHandler handler) {
  if (route.body.kind == BodyRule::Kind::file || route.body.most_bytes > kMostOfAStranger) {
    route.before_body = [&parts](const Request& request) -> std::optional<Response> {
      const auto kiosk = find_kiosk_caller(parts, request);
      if (kiosk) return std::nullopt;
      return told(parts, request, refuse_kiosk(kiosk.error()));
    };
  }
  route.handler = [&parts, handler = std::move(handler)](const Request& request) {
    const auto kiosk = find_kiosk_caller(parts, request);
    if (!kiosk) return told(parts, request, refuse_kiosk(kiosk.error()));
    return told(parts, request, handler(request, *kiosk));
  };
  routes.add(std::move(route));
}

Response refuse_kiosk(const Error& error) {
  Response response = refuse(error);
  if (error.code == "unknown-token" || error.code == "revoked") response.status = 401;
  if (error.code == "too-many-enrolments") response.status = 429;
  return response;
}

KioskDesk kiosk_desk_of(const Stores& stores, const std::string& actor, Instant now) {
  return {stores.kiosks, stores.audit, actor, now};
}

}  // namespace conglang::server
