#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include "content-server/ops/office_facts.h"
#include "content-server/publishing/key_file.h"
#include "content-server/publishing/repository_files.h"
#include "playlists/base/json.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMostKeyBytes = 64 << 10;
constexpr std::int64_t kMostMetadataBytes = 16 << 20;

struct Expected {
  const char* name;
  bool is_secret;
};

constexpr std::array<Expected, 7> kExpected{{{"office.sqlite", true},
                                             {"keys", true},
                                             {"tls", true},
                                             {"repository", false},
                                             {"assets", false},
                                             {"uploads", false},
                                             {"backups", true}}};

FolderFact look_at(const fs::path& path, std::string name, bool is_secret) {
  FolderFact fact{std::move(name), false, false, is_secret, false};
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return fact;
  fact.is_there = true;
  const int needed = S_ISDIR(facts.st_mode) ? R_OK | W_OK | X_OK : R_OK | W_OK;
  fact.is_writable = ::access(path.c_str(), needed) == 0;
  fact.is_open_to_others = (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0;
  return fact;
}

void gather_folders(const fs::path& data, OfficeFacts& facts) {
  for (const Expected& expected : kExpected) {
    facts.folders.push_back(look_at(data / expected.name, expected.name, expected.is_secret));
  }
  for (const char* folder : {"keys", "tls"}) {
    std::error_code error;
    for (fs::directory_iterator entry(data / folder, error), end; !error && entry != end;
         entry.increment(error)) {
      if (entry->path().extension() != ".key") continue;
      const std::string name = std::string(folder) + "/" + entry->path().filename().string();
      facts.folders.push_back(look_at(entry->path(), name, true));
    }
  }
}

// Source: statfs(2). FUSE is left out: disks of this machine use it too.
bool is_network_share(const fs::path& path) {
  struct statfs facts {};
  if (::statfs(path.c_str(), &facts) != 0) return false;
  constexpr std::array<std::uint32_t, 6> kShares{0x6969,     0x517B,     0xFF534D42,
                                                 0xFE534D42, 0x00C36400, 0x5346414F};
  const auto type = static_cast<std::uint32_t>(facts.f_type);
  return std::ranges::find(kShares, type) != kShares.end();
}

void gather_disk(const fs::path& data, OfficeFacts& facts) {
  struct statvfs disk {};
  if (::statvfs(data.c_str(), &disk) != 0) return;
  const auto block = static_cast<std::int64_t>(disk.f_frsize);
  facts.disk = {static_cast<std::int64_t>(disk.f_bavail) * block,
                static_cast<std::int64_t>(disk.f_blocks) * block, is_network_share(data)};
}

// "targets" of "12.targets.json", with its 12; nothing for other names.
std::optional<std::pair<std::string, std::int64_t>> versioned(const std::string& name) {
  const std::size_t dot = name.find('.');
  if (dot == 0 || dot > 15 || dot == std::string::npos || !name.ends_with(".json")) return {};
  std::int64_t version = 0;
  for (const char c : name.substr(0, dot)) {
    if (c < '0' || c > '9') return {};
    version = version * 10 + (c - '0');
  }
  const std::string rest = name.substr(dot + 1);
  if (rest.size() <= 5) return {};
  return std::pair(rest.substr(0, rest.size() - 5), version);
}

// The newest file of each role.
std::map<std::string, fs::path> newest_metadata(const fs::path& folder) {
  std::map<std::string, std::pair<std::int64_t, fs::path>> newest;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const auto found = versioned(entry->path().filename().string());
    if (!found) continue;
    auto& best = newest[found->first];
    if (found->second > best.first) best = {found->second, entry->path()};
  }
  std::map<std::string, fs::path> paths;
  for (const auto& [role, best] : newest) paths[role] = best.second;
  if (fs::exists(folder / "timestamp.json", error)) {
    paths["timestamp"] = folder / "timestamp.json";
  }
  return paths;
}

const JsonValue* find_in(const JsonValue* value, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (value != nullptr) value = value->find(name);
  }
  return value;
}

// Empty for what cannot be read: then its role has no expiry and no keys, which is a fault
// of its own where keys are looked at.
JsonValue read_metadata_file(const fs::path& path) {
  const Result<std::string> bytes = read_file(path, kMostMetadataBytes);
  if (!bytes.ok()) return {};
  Result<JsonValue> value = parse_json(*bytes);
  return value.ok() ? std::move(*value) : JsonValue();
}

// The ids of the keys that sign for a role: of the root, or delegated by targets.
std::vector<std::string> key_ids(const std::map<std::string, JsonValue>& metadata,
                                 const std::string& role) {
  const auto document = [&](const char* name) {
    const auto found = metadata.find(name);
    return found == metadata.end() ? nullptr : &found->second;
  };
  const JsonValue* ids = find_in(document("root"), {"signed", "roles", role.c_str(), "keyids"});
  const JsonValue* delegated = find_in(document("targets"), {"signed", "delegations", "roles"});
  if (delegated != nullptr && delegated->array() != nullptr) {
    for (const JsonValue& each : *delegated->array()) {
      const JsonValue* name = each.find("name");
      const bool is_it =
          name != nullptr && name->string() != nullptr && *name->string() == role;
      if (is_it) ids = each.find("keyids");
    }
  }
  std::vector<std::string> result;
  if (ids == nullptr || ids->array() == nullptr) return result;
  for (const JsonValue& id : *ids->array()) {
    if (id.string() != nullptr) result.push_back(*id.string());
  }
  return result;
}

KeyFact look_at_key_file(const fs::path& file, const std::string& role,
                         const std::vector<std::string>& published) {
  KeyFact fact{role, false, {}};
  const Result<std::string> bytes = read_file(file, kMostKeyBytes);
  if (!bytes.ok()) {
    fact.why = bytes.error().message;
    return fact;
  }
  const Result<bool> needs_passphrase = is_locked(*bytes);
  if (needs_passphrase.ok() && *needs_passphrase) {
    fact.why = role + ".key: is locked, and cannot sign by itself";
    return fact;
  }
  const Result<SigningKey> key = read_key_file(*bytes, role, nullptr);
  if (!key.ok()) {
    fact.why = key.error().message;
    return fact;
  }
  fact.is_published = std::ranges::find(published, key->id()) != published.end();
  return fact;
}

// The one in use lies in either of two files.
KeyFact look_at_key(const fs::path& data, const std::string& role,
                    const std::vector<std::string>& published) {
  const KeyFact next = look_at_key_file(data / "keys" / (role + "-next.key"), role, published);
  if (next.is_published) return next;
  return look_at_key_file(data / "keys" / (role + ".key"), role, published);
}

void gather_repository(const fs::path& data, OfficeFacts& facts) {
  std::map<std::string, JsonValue> metadata;
  for (const auto& [role, path] : newest_metadata(data / "repository" / "metadata")) {
    JsonValue document = read_metadata_file(path);
    const JsonValue* expires = find_in(&document, {"signed", "expires"});
    if (expires != nullptr && expires->string() != nullptr) {
      const Result<Instant> instant = parse_instant(*expires->string());
      if (instant.ok()) facts.metadata.push_back({role, *instant});
    }
    metadata[role] = std::move(document);
  }
  if (metadata.empty()) return;  // nothing was published yet
  for (const char* role : {"snapshot", "timestamp", "takedown"}) {
    facts.keys.push_back(look_at_key(data, role, key_ids(metadata, role)));
  }
}

void gather_newest(const fs::path& data, OfficeFacts& facts) {
  for (const char* name : {"office.sqlite", "office.sqlite-wal", "audit.anchor",
                           "repository/metadata/timestamp.json"}) {
    struct stat file {};
    if (::stat((data / name).c_str(), &file) != 0) continue;
    const Instant changed{std::chrono::seconds{file.st_mtim.tv_sec}};
    if (!facts.newest_known || *facts.newest_known < changed) facts.newest_known = changed;
  }
}

}  // namespace

void gather_from_disk(const fs::path& data, OfficeFacts& facts) {
  gather_folders(data, facts);
  gather_disk(data, facts);
  gather_repository(data, facts);
  gather_newest(data, facts);
}

}  // namespace conglang::server
