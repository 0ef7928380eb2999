#include "content-server/api/kiosk_bodies.h"

#include <utility>

namespace conglang::server {
namespace {

JsonValue write_seen(const KioskLife& life) {
  const Heartbeat& heartbeat = life.heartbeat;
  JsonArray faults;
  for (const KioskFault& fault : heartbeat.faults) {
    faults.push_back(
        JsonObject{{"kind", fault.kind}, {"subject", fault.subject}, {"detail", fault.detail}});
  }
  JsonObject seen{{"at", format_instant(life.seen_at)},
                  {"address", life.address},
                  {"program", heartbeat.program},
                  {"clock", format_instant(heartbeat.clock)},
                  {"clock_trust", heartbeat.clock_trust},
                  {"known_version", heartbeat.known_version},
                  {"held_version", heartbeat.held_version},
                  {"takedown_version", heartbeat.takedown_version},
                  {"free_bytes", heartbeat.free_bytes},
                  {"waiting_records", heartbeat.waiting_records},
                  {"faults", std::move(faults)}};
  if (heartbeat.on_screen) {
    seen.emplace_back("on_screen",
                      JsonObject{{"item", heartbeat.on_screen->item},
                                 {"version", heartbeat.on_screen->version},
                                 {"since", format_instant(heartbeat.on_screen->since)}});
  }
  return seen;
}

}  // namespace

JsonValue write_kiosk(const KioskView& view) {
  const Kiosk& kiosk = view.kiosk;
  JsonObject object{{"id", kiosk.id.text()},
                    {"name", kiosk.name},
                    {"group", kiosk.group.text()},
                    {"made_at", format_instant(kiosk.made_at)},
                    {"health", std::string(to_string(view.health))},
                    {"wanted_version", view.published.targets},
                    {"wanted_takedown_version", view.published.takedown}};
  if (kiosk.site) object.emplace_back("site", kiosk.site->text());
  if (kiosk.revoked_at) object.emplace_back("revoked_at", format_instant(*kiosk.revoked_at));
  if (view.life) object.emplace_back("seen", write_seen(*view.life));
  return object;
}

JsonValue write_command(const KioskCommand& command) {
  JsonObject object{{"id", command.command.id},
                    {"kind", std::string(to_string(command.command.kind))},
                    {"argument", command.command.argument},
                    {"made_at", format_instant(command.made_at)},
                    {"actor", command.actor}};
  if (command.done_at) object.emplace_back("done_at", format_instant(*command.done_at));
  if (command.result) {
    object.emplace_back("outcome", std::string(to_string(command.result->outcome)));
    object.emplace_back("detail", command.result->detail);
  }
  return object;
}

JsonValue write_group(const Group& group) {
  return JsonObject{{"id", group.id.text()}, {"name", write_texts(group.name)}};
}

JsonValue write_site(const Site& site) {
  return JsonObject{{"id", site.id.text()},
                    {"name", write_texts(site.name)},
                    {"class", std::string(to_string(site.site_class))}};
}

JsonValue write_enrolment_view(const Enrolment& enrolment) {
  JsonObject object{{"id", enrolment.id},
                    {"code", enrolment.code},
                    {"program", enrolment.program},
                    {"address", enrolment.address},
                    {"made_at", format_instant(enrolment.made_at)},
                    {"ends_at", format_instant(enrolment.ends_at)}};
  if (!enrolment.number.empty()) object.emplace_back("number", enrolment.number);
  return object;
}

NewKiosk read_new_kiosk(ObjectReader& reader) {
  return {reader.text("name", kMostKioskName), reader.id<GroupId>("group"),
          reader.optional_id<SiteId>("site")};
}

Status write_kiosks_as(const ApiParts& parts, const Caller& caller,
                       const std::function<Status(const KioskDesk&)>& work) {
  return parts.transactions.write(Durability::power_cut, [&](const Stores& stores) {
    return work(kiosk_desk_of(stores, caller.actor(), parts.clock.now()));
  });
}

}  // namespace conglang::server
