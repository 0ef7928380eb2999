#include "content-server/publishing/takedowns.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "content-server/api/answers.h"
#include "content-server/api/publishing_bodies.h"
#include "content-server/api/publishing_routes.h"
#include "content-server/api/takedown_writing.h"
#include "content-server/publishing/space_reserve.h"

namespace conglang::server {
namespace {

constexpr std::int64_t kMostReinstatement = 1 << 20;

// Which acts the publication of each group took back.
Result<JsonArray> groups_view(const ApiParts& parts, const std::vector<Group>& groups,
                              const std::vector<TakedownAct>& acts) {
  const auto state = parts.repository.published(parts.clock.now());
  JsonArray list;
  if (!state) return state.error();
  for (const Group& group : groups) {
    const auto bytes = read_publication(parts.repository.folder(), *state, group.id);
    if (!bytes) return bytes.error();
    if (!*bytes) continue;
    const auto reinstated = read_reinstated(**bytes);
    if (!reinstated) return reinstated.error();
    JsonArray hidden;
    for (const TakedownAct& act : still_hidden(acts, *reinstated)) {
      hidden.emplace_back(act.id.text());
    }
    list.push_back(JsonObject{{"group", group.id.text()}, {"hidden", std::move(hidden)}});
  }
  return list;
}

Response list_takedowns(const ApiParts& parts) {
  JsonArray acts, groups;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    const auto all = stores.releases.acts();
    if (!all) return all.error();
    const auto known = stores.kiosks.groups();
    if (!known) return known.error();
    auto view = groups_view(parts, *known, *all);
    if (!view) return view.error();
    groups = std::move(*view);
    for (const TakedownAct& act : *all) acts.push_back(write_act(act));
    return {};
  });
  if (!read) return refuse(read.error());
  return answer(JsonObject{{"takedowns", std::move(acts)}, {"groups", std::move(groups)}});
}

// Does it, and once more with the room that was laid aside when the disk is full.
template <typename Act>
auto even_on_a_full_disk(const ApiParts& parts, Act act) {
  auto done = act();
  if (done || done.error().code != "disk-full") return done;
  if (!SpaceReserve(parts.data).give_up()) return done;
  parts.log("the disk is full: what was laid aside for hiding is used now");
  return act();
}

// The act stays in the book, and a chore publishes it as soon as that goes.
Response not_on_the_screens_yet(const Error& error) {
  Response response = refuse(error);
  if (response.status < 500) return response;
  const std::string fault = response.fault;
  response = refuse(response.status, error.code.empty() ? "storage" : error.code,
                    "it is kept, but the screens cannot be told yet; they will be, without "
                    "anybody asking again");
  response.fault = fault;
  return response;
}

Response hide(const ApiParts& parts, const Request& request, const Caller& caller) {
  NewTakedown next;
  auto refused = read_body(request, next, [](ObjectReader& reader, const JsonValue&) {
    return NewTakedown{
        static_cast<HiddenKind>(reader.choice("kind", {"item", "entry", "asset"})),
        reader.id<ItemId>("target").text(), reader.text("reason", kMostTakedownReason)};
  });
  if (refused) return *refused;
  const auto act = even_on_a_full_disk(parts, [&] {
    return publish_as<TakedownAct>(parts, caller, [&](const PublishingDesk& desk) {
      return take_down(desk, parts.repository, next);
    });
  });
  if (!act) return refuse(act.error());
  const auto published = even_on_a_full_disk(parts, [&] {
    return publish_takedowns(parts.transactions, parts.repository, parts.clock);
  });
  if (!published) return not_on_the_screens_yet(published.error());
  parts.streams.publish("kiosks", "look", kLookAtTakedown);
  return answer(write_act(*act), 201);
}

struct Reinstatement {
  GroupId group;
  std::vector<TakedownId> acts;
};

Response ask_back(const ApiParts& parts, const Request& request, const Caller& caller) {
  Reinstatement asked{GroupId(""), {}};
  auto refused = read_body(request, asked, [](ObjectReader& reader, const JsonValue&) {
    Reinstatement read{reader.id<GroupId>("group"), {}};
    reader.list("takedowns", {1, kMostTakedownActs, false},
                [&](const JsonValue& value, const std::string& pointer) {
                  read.acts.emplace_back(read_id(value, pointer, reader.errors()));
                });
    return read;
  });
  if (refused) return *refused;
  const auto made = publish_as<Submission>(parts, caller, [&](const PublishingDesk& desk) {
    return request_reinstatement(desk, parts.repository, asked.group, asked.acts);
  });
  return made ? answer(write_submission(*made), 201) : refuse(made.error());
}

}  // namespace

void add_takedown_routes(Routes& routes, const ApiParts& parts) {
  add_caller_route(routes, parts, {Method::get, "/api/takedowns", BodyRule::none(), {}, {}},
                   Deed::view,
                   [&parts](const Request&, const Caller&) { return list_takedowns(parts); });
  add_caller_route(routes, parts,
                   {Method::post, "/api/takedowns", BodyRule::memory(kMostSmallBody), {}, {}},
                   Deed::take_down, [&parts](const Request& request, const Caller& caller) {
                     return hide(parts, request, caller);
                   });
  add_caller_route(routes, parts,
                   {Method::post,
                    "/api/takedowns/reinstatement",
                    BodyRule::memory(kMostReinstatement),
                    {},
                    {}},
                   Deed::request_reinstate,
                   [&parts](const Request& request, const Caller& caller) {
                     return ask_back(parts, request, caller);
                   });
}

}  // namespace conglang::server
