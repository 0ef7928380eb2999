#include "content-server/api/unit_routes.h"

#include <utility>

#include "content-server/access/units.h"
#include "content-server/api/access_bodies.h"
#include "content-server/api/answers.h"

namespace conglang::server {
namespace {

constexpr std::int64_t kMostUnitName = 200;

struct UnitBody {
  LocalizedText name;
  bool is_closed = false;
};

struct HandOverBody {
  Responsibility next;
  bool starts_now = false;
};

JsonValue write_responsible(const Responsibility& one) {
  JsonObject object{{"person", one.person.text()},
                    {"starts_at", format_instant(one.starts_at)}};
  if (one.deputy) object.emplace_back("deputy", one.deputy->text());
  if (one.ends_at) object.emplace_back("ends_at", format_instant(*one.ends_at));
  return object;
}

JsonValue write_unit(const Unit& unit, const std::vector<Person>& people, Instant now) {
  JsonArray responsible;
  for (const Responsibility& one : unit.responsible) {
    responsible.push_back(write_responsible(one));
  }
  return JsonObject{{"id", unit.id.text()},
                    {"name", write_texts(unit.name)},
                    {"is_closed", unit.is_closed},
                    {"responsible", std::move(responsible)},
                    {"warning", std::string(to_string(unit_warning(unit, people, now)))}};
}

Response answer_units(const ApiParts& parts, const Caller& caller) {
  JsonArray list;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    const auto people = stores.people.all();
    if (!people.ok()) return people.error();
    const auto units = stores.units.all();
    if (!units.ok()) return units.error();
    for (const Unit& unit : *units) list.push_back(write_unit(unit, *people, caller.now));
    return {};
  });
  if (!read.ok()) return refuse(read.error());
  return answer(JsonObject{{"units", std::move(list)}});
}

using Changing = std::function<Result<Unit>(const AccessDesk&)>;

Response answer_unit(const ApiParts& parts, const Caller& caller, int status,
                     const Changing& changing) {
  JsonValue written;
  const Status kept = write_as(parts, caller, [&](const AccessDesk& desk) -> Status {
    const auto unit = changing(desk);
    if (!unit.ok()) return unit.error();
    const auto people = desk.people.all();
    if (!people.ok()) return people.error();
    written = write_unit(*unit, *people, desk.now);
    return {};
  });
  return kept.ok() ? answer(written, status) : refuse(kept.error());
}

std::optional<Response> read_unit(const Request& request, UnitBody& unit) {
  return read_body(request, unit, [](ObjectReader& reader, const JsonValue&) {
    return UnitBody{reader.localized("name", kMostUnitName), reader.optional_flag("is_closed")};
  });
}

Response answer_add(const ApiParts& parts, const Request& request, const Caller& caller) {
  LocalizedText name;
  auto refused = read_body(request, name, [](ObjectReader& reader, const JsonValue&) {
    return reader.localized("name", kMostUnitName);
  });
  if (refused) return *refused;
  return answer_unit(parts, caller, 201,
                     [&](const AccessDesk& desk) { return add_unit(desk, name); });
}

Response answer_change(const ApiParts& parts, const Request& request, const Caller& caller) {
  UnitBody unit;
  if (auto refused = read_unit(request, unit)) return *refused;
  const UnitId id(request.path_values.at("unit"));
  return answer_unit(parts, caller, 200, [&](const AccessDesk& desk) {
    return change_unit(desk, id, unit.name, unit.is_closed);
  });
}

Response answer_hand_over(const ApiParts& parts, const Request& request, const Caller& caller) {
  HandOverBody body;
  auto refused = read_body(request, body, [](ObjectReader& reader, const JsonValue&) {
    HandOverBody read;
    read.next.person = reader.id<PersonId>("person");
    read.next.deputy = reader.optional_id<PersonId>("deputy");
    const auto starts_at = reader.optional_instant("starts_at");
    read.starts_now = !starts_at;
    if (starts_at) read.next.starts_at = *starts_at;
    read.next.ends_at = reader.optional_instant("ends_at");
    return read;
  });
  if (refused) return *refused;
  if (body.starts_now) body.next.starts_at = caller.now;
  const UnitId id(request.path_values.at("unit"));
  return answer_unit(parts, caller, 200,
                     [&](const AccessDesk& desk) { return hand_over(desk, id, body.next); });
}

}  // namespace

void add_unit_routes(Routes& routes, const ApiParts& parts) {
  const BodyRule body = BodyRule::memory(kMostAccessBody);
  const Deed deed = Deed::manage_units;
  add_caller_route(
      routes, parts, {Method::get, "/api/units", BodyRule::none(), {}, {}}, Deed::view,
      [&parts](const Request&, const Caller& caller) { return answer_units(parts, caller); });
  add_caller_route(routes, parts, {Method::post, "/api/units", body, {}, {}}, deed,
                   [&parts](const Request& request, const Caller& caller) {
                     return answer_add(parts, request, caller);
                   });
  add_caller_route(routes, parts, {Method::put, "/api/units/{unit}", body, {}, {}}, deed,
                   [&parts](const Request& request, const Caller& caller) {
                     return answer_change(parts, request, caller);
                   });
  add_caller_route(routes, parts, {Method::post, "/api/units/{unit}/hand-over", body, {}, {}},
                   deed, [&parts](const Request& request, const Caller& caller) {
                     return answer_hand_over(parts, request, caller);
                   });
}

}  // namespace conglang::server
