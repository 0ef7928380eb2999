#include "content-server/api/root_routes.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "content-server/api/access_bodies.h"
#include "content-server/api/answers.h"
#include "content-server/publishing/office_root.h"
#include "content-server/publishing/root_ceremony.h"

namespace conglang::server {
namespace {

constexpr std::int64_t kMostRootBody = 2 << 20;  // a root of 512 KiB, escaped
constexpr const char* kLookAtPublication = R"({"what":"publication"})";

JsonValue write_approver_key(const ApproverKey& key) {
  const PublicKey named{"ed25519", "ed25519", key.locked.public_key};
  return JsonObject{{"person", key.person.text()},
                    {"state", std::string(to_string(key.state))},
                    {"key_id", id_of(named)},
                    {"key", write_public_key(named)}};
}

JsonValue write_online_key(const std::string& role, const SigningKey& key) {
  return JsonObject{{"role", role}, {"key_id", key.id()}, {"key", key.public_json()}};
}

Result<JsonArray> waiting_online_keys(const ApiParts& parts, const PublishedState& state) {
  JsonArray waiting;
  for (const char* role : {"snapshot", "timestamp", "takedown"}) {
    const auto ids = OfficeRepository::online_key_ids(state, role);
    if (!ids.ok()) continue;  // before the first release
    const auto key = find_waiting_key(parts.repository.keys_folder(), role, *ids);
    if (!key.ok()) return key.error();
    if (*key) waiting.push_back(write_online_key(role, **key));
  }
  return waiting;
}

Result<JsonArray> approver_keys(const ApiParts& parts) {
  JsonArray list;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    const auto keys = stores.people.all_keys();
    if (!keys.ok()) return keys.error();
    for (const ApproverKey& key : *keys) {
      if (key.state != KeyState::removed) list.push_back(write_approver_key(key));
    }
    return {};
  });
  if (!read.ok()) return read.error();
  return list;
}

Response show(const ApiParts& parts) {
  const auto state = parts.repository.published(parts.clock.now());
  if (!state.ok()) return refuse(state.error());
  auto approvers = approver_keys(parts);
  if (!approvers.ok()) return refuse(approvers.error());
  auto online = waiting_online_keys(parts, *state);
  if (!online.ok()) return refuse(online.error());
  return answer(JsonObject{{"root", state->root_bytes},
                           {"version", state->root.version},
                           {"expires", format_instant(state->root.expires)},
                           {"approver_keys", std::move(*approvers)},
                           {"waiting_online_keys", std::move(*online)}});
}

Response change(const ApiParts& parts, const Request& request, const Caller& caller) {
  std::string root;
  auto refused = read_body(request, root, [](ObjectReader& reader, const JsonValue&) {
    return reader.word("root");
  });
  if (refused) return *refused;
  std::optional<RootMetadata> next;
  const Status kept = write_as(parts, caller, [&](const AccessDesk& desk) -> Status {
    auto changed = change_root(desk, parts.repository, root);
    if (!changed.ok()) return changed.error();
    next = std::move(*changed);
    return {};
  });
  if (!kept.ok()) return refuse(kept.error());
  parts.streams.publish("kiosks", "look", kLookAtPublication);
  return answer(
      JsonObject{{"version", next->version}, {"expires", format_instant(next->expires)}}, 201);
}

Response prepare(const ApiParts& parts, const Request& request, const Caller& caller) {
  constexpr const char* kRoles[] = {"snapshot", "timestamp", "takedown"};
  std::size_t chosen = 0;
  auto refused = read_body(request, chosen, [&](ObjectReader& reader, const JsonValue&) {
    return static_cast<std::size_t>(reader.choice("role", {kRoles[0], kRoles[1], kRoles[2]}));
  });
  if (refused) return *refused;
  const std::string role = kRoles[chosen];
  std::optional<SigningKey> key;
  const Status kept = write_as(parts, caller, [&](const AccessDesk& desk) -> Status {
    auto made = prepare_online_key(desk, parts.repository, role);
    if (!made.ok()) return made.error();
    key = std::move(*made);
    return {};
  });
  return kept.ok() ? answer(write_online_key(role, *key), 201) : refuse(kept.error());
}

}  // namespace

void add_root_routes(Routes& routes, const ApiParts& parts) {
  const Deed deed = Deed::manage_keys;
  add_caller_route(routes, parts, {Method::get, "/api/root", BodyRule::none(), {}, {}}, deed,
                   [&parts](const Request&, const Caller&) { return show(parts); });
  add_caller_route(routes, parts,
                   {Method::post, "/api/root", BodyRule::memory(kMostRootBody), {}, {}}, deed,
                   [&parts](const Request& request, const Caller& caller) {
                     return change(parts, request, caller);
                   });
  add_caller_route(
      routes, parts,
      {Method::post, "/api/online-keys", BodyRule::memory(kMostAccessBody), {}, {}}, deed,
      [&parts](const Request& request, const Caller& caller) {
        return prepare(parts, request, caller);
      });
}

}  // namespace conglang::server
