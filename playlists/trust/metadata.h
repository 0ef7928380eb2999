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

struct TargetsMetadata {
  std::int64_t version = 0;
  Instant expires{};
  std::map<std::string, TargetFile> files;  // by path
};

}  // namespace conglang
