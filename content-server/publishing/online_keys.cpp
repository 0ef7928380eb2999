#include "content-server/publishing/online_keys.h"

#include <system_error>
#include <utility>

#include "content-server/publishing/key_file.h"
#include "content-server/publishing/repository_files.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMostKeyBytes = 64 << 10;
constexpr int kOnlyOwner = 0600;

Result<SigningKey> read_key(const fs::path& path, const std::string& role) {
  const Result<std::string> bytes = read_file(path, kMostKeyBytes);
  if (!bytes.ok()) return bytes.error();
  Result<SigningKey> key = read_key_file(*bytes, role, nullptr);
  if (key.ok()) return key;
  return Error{key.error().kind, path.string() + ": " + key.error().message};
}

fs::path next_file(const fs::path& folder, const std::string& role) {
  return folder / (role + "-next.key");
}

Result<SigningKey> make_key(const fs::path& path, const std::string& role) {
  SigningKey key = SigningKey::generate();
  if (Status made = make_folders(path.parent_path()); !made.ok()) return made.error();
  const Status kept = replace_file(path, write_key_file(role, key), kOnlyOwner);
  if (!kept.ok()) return kept.error();
  return key;
}

Result<SigningKey> read_or_make(const fs::path& path, const std::string& role) {
  Result<SigningKey> key = read_key(path, role);
  if (key.ok() || key.error().kind != ErrorKind::missing) return key;
  return make_key(path, role);
}

}  // namespace

Result<SigningKey> open_online_key(const fs::path& folder, const std::string& role,
                                   const std::set<std::string>& key_ids) {
  // The first a second time: the waiting key may take its place between two looks.
  for (const char* ending : {".key", "-next.key", ".key"}) {
    Result<SigningKey> key = read_key(folder / (role + ending), role);
    if (key.ok() && key_ids.contains(key->id())) return key;
    if (!key.ok() && key.error().kind != ErrorKind::missing) return key;
  }
  return Error{ErrorKind::missing,
               (folder / (role + ".key")).string() + ": no key that the office trusts for " +
                   role + " lies there",
               "no-online-key"};
}

Result<OnlineKeys> open_first_online_keys(const fs::path& folder) {
  Result<SigningKey> snapshot = read_or_make(folder / "snapshot.key", "snapshot");
  if (!snapshot.ok()) return snapshot.error();
  Result<SigningKey> timestamp = read_or_make(folder / "timestamp.key", "timestamp");
  if (!timestamp.ok()) return timestamp.error();
  Result<SigningKey> takedown = read_or_make(folder / "takedown.key", "takedown");
  if (!takedown.ok()) return takedown.error();
  return OnlineKeys{std::move(*snapshot), std::move(*timestamp), std::move(*takedown)};
}

Result<SigningKey> open_waiting_key(const fs::path& folder, const std::string& role,
                                    const std::set<std::string>& key_ids) {
  if (Status retired = retire_online_key(folder, role, key_ids); !retired.ok()) {
    return retired.error();
  }
  return read_or_make(next_file(folder, role), role);
}

Result<std::optional<SigningKey>> find_waiting_key(const fs::path& folder,
                                                   const std::string& role,
                                                   const std::set<std::string>& key_ids) {
  Result<SigningKey> key = read_key(next_file(folder, role), role);
  const bool is_absent = !key.ok() && key.error().kind == ErrorKind::missing;
  if (is_absent || (key.ok() && key_ids.contains(key->id()))) {
    return std::optional<SigningKey>();
  }
  if (!key.ok()) return key.error();
  return std::optional(std::move(*key));
}

Status retire_online_key(const fs::path& folder, const std::string& role,
                         const std::set<std::string>& key_ids) {
  const Result<SigningKey> next = read_key(next_file(folder, role), role);
  if (!next.ok() && next.error().kind == ErrorKind::missing) return {};
  if (!next.ok()) return next.error();
  if (!key_ids.contains(next->id())) return {};
  Status kept = replace_file(folder / (role + ".key"), write_key_file(role, *next), kOnlyOwner);
  if (!kept.ok()) return kept;
  std::error_code ignored;  // what stays is the same key, and goes with the next one
  fs::remove(next_file(folder, role), ignored);
  return {};
}

}  // namespace conglang::server
