// What the doctor looks at: plain facts, gathered before anything is judged.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

struct FolderFact {
  std::string name;  // "keys", "keys/timestamp.key"
  bool is_there = true;
  bool is_writable = true;
  bool is_secret = false;          // keys, certificates' keys, the database
  bool is_open_to_others = false;  // another user of the machine may read it
};

struct DiskFact {
  std::int64_t free_bytes = 0, total_bytes = 0;
  bool is_network_share = false;  // SQLite's log does not work there
};

struct AuditFact {
  std::optional<std::string> why;  // the first fault that verify_audit() found
};

struct KeyFact {
  std::string role;                // "timestamp"
  bool is_published = false;       // the repository says that this key signs for the role
  std::optional<std::string> why;  // the key file cannot be read
};

struct ExpiryFact {
  std::string role;  // "root", "targets", "takedown", "snapshot", "timestamp", "urgent"
  Instant expires{};
};

struct CertificateFact {
  Instant valid_from{}, valid_until{};
  std::vector<std::string> names;  // "192.168.1.5", "conglang.local"
};

struct KioskFact {
  std::string name;
  std::optional<Instant> last_seen;
};

struct UnitFact {
  std::string name;
  bool has_responsible_person = false;
};

// What is empty was not looked at, and is not judged.
struct OfficeFacts {
  Instant now{};
  std::vector<FolderFact> folders;
  std::optional<DiskFact> disk;
  std::optional<Status> database;  // of Database::open, check_integrity
  std::optional<AuditFact> audit;
  std::vector<KeyFact> keys;
  std::vector<ExpiryFact> metadata;
  std::optional<CertificateFact> certificate;
  std::optional<Instant> newest_known;  // the latest moment something here was written
  std::optional<std::vector<KioskFact>> kiosks;
  std::optional<std::vector<UnitFact>> units;
  std::string listen;                  // the host of the settings: "0.0.0.0", "127.0.0.1"
  std::vector<std::string> addresses;  // of this machine, without loopback
};

// Folders, modes, disk, keys, metadata and the newest file of `data`. What cannot be looked at
// stays empty or says why.
void gather_from_disk(const std::filesystem::path& data, OfficeFacts& facts);

}  // namespace conglang::server
