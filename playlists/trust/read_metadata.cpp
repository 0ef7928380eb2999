#include "playlists/trust/read_metadata.h"

#include <algorithm>
#include <set>

#include "playlists/trust/field_reader.h"

namespace conglang {
namespace {

// Chosen: the longest path that any file system we know takes in one name is 255 bytes.
constexpr std::size_t kMaxPathBytes = 512;
constexpr std::size_t kMaxRoleNameBytes = 64;
constexpr std::int64_t kMaxFileBytes = std::int64_t{1} << 40;

template <typename Metadata>
void read_head(FieldReader& fields, const JsonValue& body, Metadata& metadata) {
  metadata.version = fields.integer(body, "version", 1, kMaxVersion);
  metadata.expires = fields.instant(body, "expires");
}

Sha256Digest read_sha256(FieldReader& fields, const JsonValue& file) {
  const JsonValue hashes(fields.object(file, "hashes"));
  const Result<Sha256Digest> digest = parse_sha256(fields.string(hashes, "sha256"));
  if (digest.ok()) return *digest;
  fields.refuse("\"sha256\" must be 64 lower-case hexadecimal digits");
  return {};
}

FileVersion read_file_version(FieldReader& fields, const JsonValue& file) {
  FileVersion version;
  version.version = fields.integer(file, "version", 1, kMaxVersion);
  if (file.find("length") != nullptr) {
    version.length = fields.integer(file, "length", 0, kMaxFileBytes);
  }
  if (file.find("hashes") != nullptr) version.sha256 = read_sha256(fields, file);
  return version;
}

void read_keys(FieldReader& fields, const JsonValue& body,
               std::map<std::string, PublicKey>& keys) {
  for (const auto& [id, value] : fields.object(body, "keys")) {
    const Result<PublicKey> key = read_public_key(value);
    if (!key.ok()) {
      fields.refuse("key " + id + ": " + key.error().message);
      return;
    }
    const Result<std::string> computed = key_id(value);
    if (!computed.ok() || *computed != id) {
      fields.refuse("key " + id + ": the id is not the digest of the key");
      return;
    }
    keys.emplace(id, *key);
  }
}

RoleKeys read_role_keys(FieldReader& fields, const JsonValue& value) {
  RoleKeys keys;
  keys.threshold = fields.integer(value, "threshold", 1, 1000);
  for (const JsonValue& id : fields.array(value, "keyids")) {
    if (const std::string* text = id.string()) {
      keys.key_ids.insert(*text);
    } else {
      fields.refuse("\"keyids\" must hold strings");
    }
  }
  return keys;
}

bool is_plain_segment(std::string_view segment) {
  return !segment.empty() && segment != "." && segment != "..";
}

// The path becomes part of a file name or an address, so it must stay below its folder.
bool is_plain_path(std::string_view path) {
  if (path.size() > kMaxPathBytes) return false;
  const bool has_odd_character = std::any_of(path.begin(), path.end(), [](char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte < 0x20 || byte == 0x7f || character == '\\' || character == '?' ||
           character == '#' || character == '%';
  });
  if (has_odd_character) return false;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/')) {
    if (!is_plain_segment(path.substr(0, slash))) return false;
    path.remove_prefix(slash + 1);
  }
  return is_plain_segment(path);
}

std::vector<std::string> read_strings(FieldReader& fields, const JsonValue& value,
                                      const char* name) {
  std::vector<std::string> strings;
  if (value.find(name) == nullptr) return strings;
  for (const JsonValue& element : fields.array(value, name)) {
    if (const std::string* text = element.string()) {
      strings.push_back(*text);
    } else {
      fields.refuse("\"" + std::string(name) + "\" must hold strings");
    }
  }
  return strings;
}

bool is_top_level(std::string_view name) {
  return name == "root" || name == "timestamp" || name == "snapshot" || name == "targets";
}

DelegatedRole read_delegated_role(FieldReader& fields, const JsonValue& value) {
  DelegatedRole role;
  role.name = fields.string(value, "name");
  if (role.name.empty() || role.name.size() > kMaxRoleNameBytes || is_top_level(role.name)) {
    fields.refuse("a delegated role needs a name of its own");
  }
  role.keys = read_role_keys(fields, value);
  role.terminating = fields.boolean(value, "terminating");
  role.paths = read_strings(fields, value, "paths");
  role.path_hash_prefixes = read_strings(fields, value, "path_hash_prefixes");
  if ((value.find("paths") == nullptr) == (value.find("path_hash_prefixes") == nullptr)) {
    fields.refuse("a delegated role has either \"paths\" or \"path_hash_prefixes\"");
  }
  return role;
}

Delegations read_delegations(FieldReader& fields, const JsonValue& body) {
  Delegations delegations;
  if (body.find("delegations") == nullptr) return delegations;
  const JsonValue value(fields.object(body, "delegations"));
  // Hashed bins, of which we know no use: whoever wants a file of theirs is told of none.
  if (value.find("succinct_roles") != nullptr) return delegations;
  read_keys(fields, value, delegations.keys);
  std::set<std::string> names;
  for (const JsonValue& element : fields.array(value, "roles")) {
    delegations.roles.push_back(read_delegated_role(fields, element));
    if (!names.insert(delegations.roles.back().name).second) {
      fields.refuse("a role is delegated to twice");
    }
  }
  return delegations;
}

}  // namespace

Result<RootMetadata> read_root(const JsonValue& body) {
  FieldReader fields;
  RootMetadata root;
  read_head(fields, body, root);
  if (!fields.boolean(body, "consistent_snapshot")) {
    fields.refuse("\"consistent_snapshot\" must be true");
  }
  read_keys(fields, body, root.keys);
  const JsonValue roles(fields.object(body, "roles"));
  for (const Role role : {Role::root, Role::timestamp, Role::snapshot, Role::targets}) {
    const JsonValue value(fields.object(roles, name_of(role)));
    root.roles.emplace(role, read_role_keys(fields, value));
  }
  if (const Status status = fields.status(); !status.ok()) return status.error();
  return root;
}

Result<TimestampMetadata> read_timestamp(const JsonValue& body) {
  FieldReader fields;
  TimestampMetadata timestamp;
  read_head(fields, body, timestamp);
  const JsonValue meta(fields.object(body, "meta"));
  const JsonValue snapshot(fields.object(meta, "snapshot.json"));
  timestamp.snapshot = read_file_version(fields, snapshot);
  if (const Status status = fields.status(); !status.ok()) return status.error();
  return timestamp;
}

Result<SnapshotMetadata> read_snapshot(const JsonValue& body) {
  FieldReader fields;
  SnapshotMetadata snapshot;
  read_head(fields, body, snapshot);
  for (const auto& [name, file] : fields.object(body, "meta")) {
    snapshot.files.emplace(name, read_file_version(fields, file));
  }
  if (!snapshot.files.contains("targets.json")) {
    fields.refuse("\"meta\" must list \"targets.json\"");
  }
  if (const Status status = fields.status(); !status.ok()) return status.error();
  return snapshot;
}

Result<TargetsMetadata> read_targets(const JsonValue& body) {
  FieldReader fields;
  TargetsMetadata targets;
  read_head(fields, body, targets);
  for (const auto& [path, value] : fields.object(body, "targets")) {
    if (!is_plain_path(path)) {
      fields.refuse("a target path must be plain: no \"..\", no empty part");
    }
    TargetFile file{path, fields.integer(value, "length", 0, kMaxFileBytes),
                    read_sha256(fields, value)};
    targets.files.emplace(path, std::move(file));
  }
  targets.delegations = read_delegations(fields, body);
  if (const Status status = fields.status(); !status.ok()) return status.error();
  return targets;
}

}  // namespace conglang
