#include "content-server/publishing/write_metadata.h"

#include <algorithm>

#include "playlists/base/check.h"
#include "playlists/base/sha256.h"
#include "playlists/trust/canonical_json.h"

namespace conglang::server {
namespace {

constexpr const char* kSpecification = "1.0.34";

JsonObject body_head(const char* type, const MetadataHead& head) {
  // Whole seconds: the specification knows no fraction.
  const Instant expires = std::chrono::floor<std::chrono::seconds>(head.expires);
  return JsonObject{{"_type", type},
                    {"spec_version", kSpecification},
                    {"version", head.version},
                    {"expires", format_instant(expires)}};
}

std::string id_of(const JsonValue& key) {
  const Result<std::string> id = key_id(key);
  check(id.ok(), "a key of ours has a canonical form");
  return *id;
}

// The role, its keys added to `all`.
JsonValue role_of(const std::vector<JsonValue>& keys, JsonObject& all) {
  JsonArray ids;
  for (const JsonValue& key : keys) {
    ids.emplace_back(id_of(key));
    all.emplace_back(id_of(key), key);
  }
  return JsonObject{{"keyids", std::move(ids)}, {"threshold", 1}};
}

JsonValue stated(const FileVersion& file) {
  JsonObject object{{"version", file.version}};
  if (file.length) object.emplace_back("length", *file.length);
  if (file.sha256) object.emplace_back("hashes", JsonObject{{"sha256", file.sha256->hex()}});
  return object;
}

JsonObject listed_files(const std::map<std::string, TargetFile>& files) {
  JsonObject listed;
  for (const auto& [path, file] : files) {
    listed.emplace_back(path,
                        JsonObject{{"length", file.length},
                                   {"hashes", JsonObject{{"sha256", file.sha256.hex()}}}});
  }
  return listed;
}

void add_delegation(const char* name, const std::vector<JsonValue>& keys, JsonObject& all,
                    JsonArray& roles) {
  JsonArray ids;
  for (const JsonValue& key : keys) {
    const std::string id = id_of(key);
    ids.emplace_back(id);
    const auto same = [&](const JsonMember& member) { return member.first == id; };
    if (std::none_of(all.begin(), all.end(), same)) all.emplace_back(id, key);
  }
  const std::string path = std::string(name) + "/*";
  roles.emplace_back(JsonObject{{"name", name},
                                {"keyids", std::move(ids)},
                                {"threshold", 1},
                                {"terminating", false},
                                {"paths", JsonArray{JsonValue(path)}}});
}

JsonValue written(const Delegations& delegations) {
  JsonObject keys;
  JsonArray roles;
  add_delegation("takedown", {delegations.takedown}, keys, roles);
  if (!delegations.urgent.empty()) add_delegation("urgent", delegations.urgent, keys, roles);
  return JsonObject{{"keys", std::move(keys)}, {"roles", std::move(roles)}};
}

}  // namespace

JsonValue root_body(const MetadataHead& head, const RootKeys& keys) {
  JsonObject all;
  JsonObject roles;
  roles.emplace_back("root", role_of(keys.root, all));
  roles.emplace_back("targets", role_of({keys.targets}, all));
  roles.emplace_back("snapshot", role_of({keys.snapshot}, all));
  roles.emplace_back("timestamp", role_of({keys.timestamp}, all));
  JsonObject body = body_head("root", head);
  body.emplace_back("consistent_snapshot", true);
  body.emplace_back("keys", std::move(all));
  body.emplace_back("roles", std::move(roles));
  return body;
}

JsonValue root_body(const RootMetadata& root) {
  JsonObject keys;
  for (const auto& [id, key] : root.keys) keys.emplace_back(id, write_public_key(key));
  JsonObject roles;
  for (const auto& [role, named] : root.roles) {
    JsonArray ids;
    for (const std::string& id : named.key_ids) ids.emplace_back(id);
    roles.emplace_back(std::string(name_of(role)),
                       JsonObject{{"keyids", std::move(ids)}, {"threshold", named.threshold}});
  }
  JsonObject body = body_head("root", {root.version, root.expires});
  body.emplace_back("consistent_snapshot", true);
  body.emplace_back("keys", std::move(keys));
  body.emplace_back("roles", std::move(roles));
  return body;
}

JsonValue targets_body(const MetadataHead& head, const std::map<std::string, TargetFile>& files,
                       const Delegations& delegations) {
  JsonObject body = body_head("targets", head);
  body.emplace_back("targets", listed_files(files));
  body.emplace_back("delegations", written(delegations));
  return body;
}

JsonValue delegated_body(const MetadataHead& head,
                         const std::map<std::string, TargetFile>& files) {
  JsonObject body = body_head("targets", head);
  body.emplace_back("targets", listed_files(files));
  return body;
}

JsonValue snapshot_body(const MetadataHead& head,
                        const std::map<std::string, FileVersion>& files) {
  JsonObject meta;
  for (const auto& [name, file] : files) meta.emplace_back(name, stated(file));
  JsonObject body = body_head("snapshot", head);
  body.emplace_back("meta", std::move(meta));
  return body;
}

JsonValue timestamp_body(const MetadataHead& head, const FileVersion& snapshot) {
  JsonObject body = body_head("timestamp", head);
  body.emplace_back("meta", JsonObject{{"snapshot.json", stated(snapshot)}});
  return body;
}

std::string sign_metadata(const JsonValue& body, const Signers& signers) {
  const Result<std::string> canonical = canonical_json(body);
  check(canonical.ok(), "metadata of ours has a canonical form");
  JsonArray signatures;
  for (const SigningKey& key : signers) {
    const JsonObject signature{{"keyid", key.id()}, {"sig", key.sign(*canonical)}};
    signatures.emplace_back(signature);
  }
  const JsonObject envelope{{"signatures", std::move(signatures)}, {"signed", body}};
  return write_json(envelope, 1) + "\n";
}

std::string metadata_with_signature(const JsonValue& body, const std::string& key_id,
                                    const std::string& signature) {
  JsonArray signatures;
  signatures.emplace_back(JsonObject{{"keyid", key_id}, {"sig", signature}});
  const JsonObject envelope{{"signatures", std::move(signatures)}, {"signed", body}};
  return write_json(envelope, 1) + "\n";
}

FileVersion file_version(std::int64_t version, std::string_view bytes) {
  return {version, static_cast<std::int64_t>(bytes.size()), sha256(bytes)};
}

TargetFile target_of(const std::string& path, std::string_view bytes) {
  return {path, static_cast<std::int64_t>(bytes.size()), sha256(bytes)};
}

}  // namespace conglang::server
