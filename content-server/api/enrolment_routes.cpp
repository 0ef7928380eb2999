#include <utility>

#include "content-server/api/kiosk_bodies.h"
#include "content-server/api/kiosk_office.h"
#include "content-server/api/kiosk_routes.h"

namespace conglang::server {
namespace {

Response list_enrolments(const ApiParts& parts) {
  JsonArray list;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    const auto open = open_enrolments(kiosk_desk_of(stores, "", parts.clock.now()));
    if (!open) return open.error();
    for (const Enrolment& one : *open) list.push_back(write_enrolment_view(one));
    return {};
  });
  return read ? answer(JsonObject{{"enrolments", std::move(list)}}) : refuse(read.error());
}

Response confirm(const ApiParts& parts, const Request& request, const Caller& caller) {
  NewKiosk next;
  auto refused = read_body(request, next, [](ObjectReader& reader, const JsonValue&) {
    return read_new_kiosk(reader);
  });
  if (refused) return *refused;
  std::optional<Kiosk> made;
  const std::string id = request.path_values.at("enrolment");
  const Status kept = write_kiosks_as(parts, caller, [&](const KioskDesk& desk) -> Status {
    auto kiosk = confirm_enrolment(desk, id, next);
    if (!kiosk) return kiosk.error();
    made = std::move(*kiosk);
    return {};
  });
  if (!kept) return refuse(kept.error());
  return answer(write_kiosk({*made, {}, KioskHealth::never_seen, {}}), 201);
}

Response refuse_one(const ApiParts& parts, const Request& request, const Caller& caller) {
  const std::string id = request.path_values.at("enrolment");
  const Status kept = write_kiosks_as(
      parts, caller, [&](const KioskDesk& desk) { return refuse_enrolment(desk, id); });
  return kept ? answer_nothing() : refuse(kept.error());
}

Response add_stick(const ApiParts& parts, const Request& request, const Caller& caller) {
  NewKiosk next;
  auto refused = read_body(request, next, [](ObjectReader& reader, const JsonValue&) {
    return read_new_kiosk(reader);
  });
  if (refused) return *refused;
  const auto office = parts.kiosk_office.link();
  if (!office) return refuse(office.error());
  std::optional<InstallStick> made;
  const Status kept = write_kiosks_as(parts, caller, [&](const KioskDesk& desk) -> Status {
    auto stick = make_stick(desk, next, *office);
    if (!stick) return stick.error();
    made = std::move(*stick);
    return {};
  });
  return kept ? answer(write(*made), 201) : refuse(kept.error());
}

}  // namespace

void add_enrolment_routes(Routes& routes, const ApiParts& parts) {
  const BodyRule none = BodyRule::none(), body = BodyRule::memory(kMostKioskBody);
  const Deed deed = Deed::manage_kiosks;
  add_caller_route(routes, parts, {Method::get, "/api/enrolments", none, {}, {}}, deed,
                   [&parts](const Request&, const Caller&) { return list_enrolments(parts); });
  add_caller_route(routes, parts,
                   {Method::post, "/api/enrolments/{enrolment}/confirm", body, {}, {}}, deed,
                   [&parts](const Request& request, const Caller& caller) {
                     return confirm(parts, request, caller);
                   });
  add_caller_route(routes, parts,
                   {Method::post, "/api/enrolments/{enrolment}/refuse", none, {}, {}}, deed,
                   [&parts](const Request& request, const Caller& caller) {
                     return refuse_one(parts, request, caller);
                   });
  add_caller_route(routes, parts, {Method::post, "/api/install-sticks", body, {}, {}}, deed,
                   [&parts](const Request& request, const Caller& caller) {
                     return add_stick(parts, request, caller);
                   });
}

}  // namespace conglang::server
