#include "content-server/publishing/office_trust.h"

#include "playlists/trust/metadata_file.h"

namespace conglang::server {
namespace {

Error refused(const std::string& role, const std::string& why) {
  return {ErrorKind::untrusted, "root: " + role + ": " + why, "first-root"};
}

Status check_role(const RootMetadata& root, Role role, const PublicKey& expected) {
  const std::string name(name_of(role));
  const auto keys = root.roles.find(role);
  if (keys == root.roles.end() || keys->second.key_ids.size() != 1) {
    return refused(name, "must have exactly one key");
  }
  const auto key = root.keys.find(*keys->second.key_ids.begin());
  if (key == root.keys.end() || key->second != expected) {
    return refused(name, "is another key than was asked for");
  }
  return {};
}

}  // namespace

Result<JsonValue> OfficeTrust::online_keys() {
  const Result<OnlineKeys> keys = open_first_online_keys(repository_.keys_folder());
  if (!keys.ok()) return keys.error();
  return JsonValue(JsonObject{{"snapshot", keys->snapshot.public_json()},
                              {"timestamp", keys->timestamp.public_json()},
                              {"takedown", keys->takedown.public_json()}});
}

Result<Sha256Digest> OfficeTrust::begin(const std::string& root,
                                        const std::array<std::uint8_t, 32>& approver_key,
                                        Instant now) {
  const Result<OnlineKeys> keys = open_first_online_keys(repository_.keys_folder());
  if (!keys.ok()) return keys.error();
  auto opened = open_root(root);
  if (const Fault* fault = std::get_if<Fault>(&opened)) return to_error(*fault);
  const RootMetadata& metadata = std::get<TrustedFile<RootMetadata>>(opened).metadata;
  if (Status checked = check_first_root(metadata, *keys, approver_key, now); !checked.ok()) {
    return checked.error();
  }
  return repository_.begin(root);
}

Status check_first_root(const RootMetadata& root, const OnlineKeys& online,
                        const std::array<std::uint8_t, 32>& approver_key, Instant now) {
  if (root.expires <= now) return refused("root", "has expired");
  if (Status ours = check_role(root, Role::snapshot, online.snapshot.public_key()); !ours) {
    return ours;
  }
  if (Status ours = check_role(root, Role::timestamp, online.timestamp.public_key()); !ours) {
    return ours;
  }
  const PublicKey approver{"ed25519", "ed25519", approver_key};
  if (Status ours = check_role(root, Role::targets, approver); !ours) return ours;
  for (const std::string& id : root.roles.at(Role::root).key_ids) {
    const auto key = root.keys.find(id);
    if (key == root.keys.end()) continue;
    if (key->second == approver || key->second == online.snapshot.public_key() ||
        key->second == online.timestamp.public_key() ||
        key->second == online.takedown.public_key()) {
      return refused("root", "its key must be used for nothing else");
    }
  }
  return {};
}

}  // namespace conglang::server
