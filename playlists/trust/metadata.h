// The four roles of a TUF repository as plain values.
//
// Source: The Update Framework Specification 1.0.34, section 4.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "playlists/base/sha256.h"
#include "playlists/base/time.h"
#include "playlists/trust/public_key.h"

namespace conglang {

enum class Role { root, timestamp, snapshot, targets };

// "root", "timestamp", "snapshot", "targets"
std::string_view name_of(Role role);

// Integers above this are not exact in every reader of JSON: 2^53.
inline constexpr std::int64_t kMaxVersion = std::int64_t{1} << 53;

// Reading stops here (chosen: ten times what our largest repositories need, and
// small enough for a kiosk to hold).
std::int64_t max_bytes(Role role);

// For each delegated role: ours are a hundred times smaller.
inline constexpr std::int64_t kMaxDelegatedBytes = 1 << 20;

// Chosen: eight times what our offices need. Those after it are not looked at.
inline constexpr std::size_t kMaxDelegatedRoles = 16;

// Whose signatures count for a role, and how many are needed.
struct RoleKeys {
  std::set<std::string> key_ids;
  std::int64_t threshold = 1;

  bool operator==(const RoleKeys&) const = default;
};

struct RootMetadata {
  std::int64_t version = 0;
  Instant expires{};
  std::map<std::string, PublicKey> keys;  // by key id
  std::map<Role, RoleKeys> roles;         // all four
};

// What one role says about the file of another.
struct FileVersion {
  std::int64_t version = 0;
  std::optional<std::int64_t> length;
  std::optional<Sha256Digest> sha256;

  bool operator==(const FileVersion&) const = default;
};

struct TimestampMetadata {
  std::int64_t version = 0;
  Instant expires{};
  FileVersion snapshot;
};

struct SnapshotMetadata {
  std::int64_t version = 0;
  Instant expires{};
  std::map<std::string, FileVersion> files;  // "targets.json", "takedown.json"
};

// A file that may be shown, as the targets role signed for it.
struct TargetFile {
  std::string path;  // "publications/<group>.json", "assets/<sha256>.<extension>"
  std::int64_t length = 0;
  Sha256Digest sha256;

  bool operator==(const TargetFile&) const = default;
};

// Whom a targets role trusts with a part of its paths.
struct DelegatedRole {
  std::string name;  // of any form; see metadata_path()
  RoleKeys keys;
  // One of the two holds something. In patterns, '*' and '?' never match a '/'.
  std::vector<std::string> paths;
  std::vector<std::string> path_hash_prefixes;  // of the SHA-256 of the path, in hex digits
  bool terminating = false;                     // nobody after it is asked for these paths
};

// In order of precedence, with the keys that they name.
struct Delegations {
  std::map<std::string, PublicKey> keys;  // by key id
  std::vector<DelegatedRole> roles;
};

// Of the targets role, and of each role that it delegates to.
struct TargetsMetadata {
  std::int64_t version = 0;
  Instant expires{};
  std::map<std::string, TargetFile> files;  // by path
  Delegations delegations;
};

// Whether the role may say something about this path. Pure.
bool is_delegated(const DelegatedRole& role, std::string_view path);

}  // namespace conglang
