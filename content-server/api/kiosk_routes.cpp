#include "content-server/api/kiosk_routes.h"

#include <algorithm>
#include <utility>

#include "content-server/api/kiosk_bodies.h"
#include "content-server/api/kiosk_office.h"
#include "content-server/api/kiosk_pictures.h"
#include "content-server/kiosks/places.h"

namespace conglang::server {
namespace {

constexpr std::int64_t kMostCarriedRecords = 2 << 20;  // as by the network
constexpr const char* kLookAtCommand = R"({"what":"command"})";

KioskId kiosk_id(const Request& request) { return KioskId(request.path_values.at("kiosk")); }

SiteClass class_of(const std::vector<Site>& sites, const std::optional<SiteId>& id) {
  const auto found = std::find_if(sites.begin(), sites.end(),
                                  [&](const Site& site) { return id && site.id == *id; });
  return found == sites.end() ? SiteClass::office : found->site_class;
}

Result<KioskView> view_of(const ApiParts& parts, const Stores& stores, const Kiosk& kiosk) {
  auto life = stores.kiosks.life(kiosk.id);
  if (!life) return life.error();
  const auto sites = stores.kiosks.sites();
  if (!sites) return sites.error();
  const auto published = parts.kiosk_office.published(kiosk.group);
  if (!published) return published.error();
  const KioskHealth health =
      judge_kiosk(kiosk, *life, class_of(*sites, kiosk.site), *published, parts.clock.now());
  return KioskView{kiosk, std::move(*life), health, *published};
}

Response list_kiosks(const ApiParts& parts) {
  JsonArray list;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    const auto kiosks = stores.kiosks.kiosks();
    if (!kiosks) return kiosks.error();
    for (const Kiosk& kiosk : *kiosks) {
      const auto view = view_of(parts, stores, kiosk);
      if (!view) return view.error();
      list.push_back(write_kiosk(*view));
    }
    return {};
  });
  return read ? answer(JsonObject{{"kiosks", std::move(list)}}) : refuse(read.error());
}

Response show_kiosk(const ApiParts& parts, const KioskId& id) {
  JsonObject object;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    const auto kiosk = find_kiosk(kiosk_desk_of(stores, "", parts.clock.now()), id);
    if (!kiosk) return kiosk.error();
    const auto view = view_of(parts, stores, *kiosk);
    if (!view) return view.error();
    const auto commands = stores.kiosks.commands(id, 20);
    if (!commands) return commands.error();
    JsonArray written, pictures;
    for (const KioskCommand& command : *commands) written.push_back(write_command(command));
    for (const std::string& name : list_pictures(parts.data / "pictures", id)) {
      pictures.emplace_back(name);
    }
    object = JsonObject{{"kiosk", write_kiosk(*view)},
                        {"commands", std::move(written)},
                        {"pictures", std::move(pictures)}};
    return {};
  });
  return read ? answer(object) : refuse(read.error());
}

Response change_kiosk(const ApiParts& parts, const Request& request, const Caller& caller) {
  NewKiosk next;
  auto refused = read_body(request, next, [](ObjectReader& reader, const JsonValue&) {
    return read_new_kiosk(reader);
  });
  if (refused) return *refused;
  const KioskId id = kiosk_id(request);
  const Status kept = write_kiosks_as(parts, caller, [&](const KioskDesk& desk) -> Status {
    const auto changed = change_kiosk(desk, id, next);
    return changed ? Status{} : Status(changed.error());
  });
  if (!kept) return refuse(kept.error());
  parts.streams.publish("kiosk:" + id.text(), "look", kLookAtCommand);
  return show_kiosk(parts, id);
}

Response revoke(const ApiParts& parts, const Request& request, const Caller& caller) {
  const KioskId id = kiosk_id(request);
  const Status kept = write_kiosks_as(parts, caller, [&](const KioskDesk& desk) -> Status {
    const auto revoked = revoke_kiosk(desk, id);
    return revoked ? Status{} : Status(revoked.error());
  });
  if (!kept) return refuse(kept.error());
  parts.streams.publish("kiosk:" + id.text(), "look", kLookAtCommand);
  return answer_nothing();
}

struct CommandBody {
  std::string kind;
  std::int64_t argument = 0;
};

Response command(const ApiParts& parts, const Request& request, const Caller& caller) {
  CommandBody body;
  auto refused = read_body(request, body, [](ObjectReader& reader, const JsonValue&) {
    return CommandBody{reader.word("kind"),
                       reader.optional_integer("argument", {0, 100}).value_or(0)};
  });
  if (refused) return *refused;
  const auto kind = parse_command_kind(body.kind);
  if (!kind) return refuse(400, "malformed", "/kind: is no command");
  const KioskId id = kiosk_id(request);
  std::optional<KioskCommand> made;
  const Status kept = write_kiosks_as(parts, caller, [&](const KioskDesk& desk) -> Status {
    auto commanded = command_kiosk(desk, id, *kind, body.argument);
    if (!commanded) return commanded.error();
    made = std::move(*commanded);
    return {};
  });
  if (!kept) return refuse(kept.error());
  parts.streams.publish("kiosk:" + id.text(), "look", kLookAtCommand);
  return answer(write_command(*made), 201);
}

Response picture(const ApiParts& parts, const Request& request) {
  const std::string name = request.path_values.at("command");
  const KioskId id = kiosk_id(request);
  const auto path = picture_path(parts.data / "pictures", id, name);
  std::error_code failed;
  if (!is_valid_id(name) || !is_valid_id(id.text()) ||
      !std::filesystem::is_regular_file(path, failed)) {
    return refuse(404, "missing", "picture " + name + ": is not there");
  }
  Response response;
  response.headers = {{"Content-Type", "image/png"},
                      {"Content-Disposition", "inline; filename=\"kiosk.png\""}};
  response.body = FileBody{path, "\"" + name + "\"", true};
  return response;
}

Response list_records(const ApiParts& parts, const KioskId& id) {
  JsonArray plays, events;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    const auto shown = stores.kiosks.plays(id, 200);
    if (!shown) return shown.error();
    const auto happened = stores.kiosks.events(id, 200);
    if (!happened) return happened.error();
    for (const PlayEntry& play : *shown) {
      plays.push_back(JsonObject{{"id", play.id},
                                 {"item", play.item},
                                 {"version", play.version},
                                 {"started_at", format_instant(play.started_at)},
                                 {"clock_trust", play.clock_trust},
                                 {"outcome", play.outcome},
                                 {"reason", play.reason},
                                 {"shown_ms", play.shown_ms}});
    }
    for (const EventEntry& event : *happened) {
      events.push_back(JsonObject{{"id", event.id},
                                  {"at", format_instant(event.at)},
                                  {"kind", event.kind},
                                  {"subject", event.subject},
                                  {"detail", event.detail}});
    }
    return {};
  });
  if (!read) return refuse(read.error());
  return answer(JsonObject{{"plays", std::move(plays)}, {"events", std::move(events)}});
}

// A batch that a person carried here on a stick: what the kiosk signed speaks for itself.
Response take_records(const ApiParts& parts, const Request& request, const Caller& caller) {
  const auto json = json_body(request);
  if (!json) return refuse(json.error());
  const auto batch = read_signed_batch(*json);
  if (!batch) return refuse(batch.error());
  const KioskId id = kiosk_id(request);
  std::optional<RecordAnswer> kept;
  const Status written = write_kiosks_as(parts, caller, [&](const KioskDesk& desk) -> Status {
    const auto kiosk = find_kiosk(desk, id);
    if (!kiosk) return kiosk.error();
    auto heard = hear_records(desk, *kiosk, *batch);
    if (!heard) return heard.error();
    kept = std::move(*heard);
    return {};
  });
  return written ? answer(write(*kept)) : refuse(written.error());
}

}  // namespace

void add_kiosk_routes(Routes& routes, const ApiParts& parts) {
  const BodyRule none = BodyRule::none(), body = BodyRule::memory(kMostKioskBody);
  add_caller_route(routes, parts, {Method::get, "/api/kiosks", none, {}, {}}, Deed::view,
                   [&parts](const Request&, const Caller&) { return list_kiosks(parts); });
  add_caller_route(routes, parts, {Method::get, "/api/kiosks/{kiosk}", none, {}, {}},
                   Deed::view, [&parts](const Request& request, const Caller&) {
                     return show_kiosk(parts, kiosk_id(request));
                   });
  add_caller_route(routes, parts, {Method::put, "/api/kiosks/{kiosk}", body, {}, {}},
                   Deed::manage_kiosks, [&parts](const Request& request, const Caller& caller) {
                     return change_kiosk(parts, request, caller);
                   });
  add_caller_route(routes, parts, {Method::post, "/api/kiosks/{kiosk}/revoke", none, {}, {}},
                   Deed::manage_kiosks, [&parts](const Request& request, const Caller& caller) {
                     return revoke(parts, request, caller);
                   });
  add_caller_route(routes, parts, {Method::post, "/api/kiosks/{kiosk}/commands", body, {}, {}},
                   Deed::manage_kiosks, [&parts](const Request& request, const Caller& caller) {
                     return command(parts, request, caller);
                   });
  add_caller_route(
      routes, parts, {Method::get, "/api/kiosks/{kiosk}/pictures/{command}", none, {}, {}},
      Deed::view,
      [&parts](const Request& request, const Caller&) { return picture(parts, request); });
  add_caller_route(routes, parts, {Method::get, "/api/kiosks/{kiosk}/records", none, {}, {}},
                   Deed::view, [&parts](const Request& request, const Caller&) {
                     return list_records(parts, kiosk_id(request));
                   });
  add_caller_route(routes, parts,
                   {Method::post,
                    "/api/kiosks/{kiosk}/records",
                    BodyRule::memory(kMostCarriedRecords),
                    {},
                    {}},
                   Deed::manage_kiosks, [&parts](const Request& request, const Caller& caller) {
                     return take_records(parts, request, caller);
                   });
}

}  // namespace conglang::server
