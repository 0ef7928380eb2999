#include "content-server/publishing/online_keys.h"

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
  for (const char* ending : {".key", "-next.key"}) {
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
  for (const char* ending : {"-next.key", ".key"}) {
    const fs::path path = folder / (role + ending);
    Result<SigningKey> key = read_or_make(path, role);
    if (!key.ok() || !key_ids.contains(key->id())) return key;
  }
  return Error{ErrorKind::conflict, role + ": both its keys are in use"};
}

}  // namespace conglang::server
