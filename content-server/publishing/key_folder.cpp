#include "content-server/publishing/key_folder.h"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "content-server/publishing/key_file.h"
#include "content-server/publishing/repository_files.h"
#include "content-server/publishing/root_ceremony.h"
#include "content-server/publishing/write_metadata.h"
#include "playlists/base/check.h"
#include "playlists/trust/refresh.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr int kOnlyOwner = 0600;
constexpr std::int64_t kMaxKeyFileBytes = 64 << 10;

// A folder beside the wanted one, removed again unless it is put in its place.
class NewFolder {
 public:
  static Result<NewFolder> create(const fs::path& wanted) {
    std::string pattern = wanted.string() + ".XXXXXX";
    if (::mkdtemp(pattern.data()) != nullptr) return NewFolder(wanted, pattern);
    return Error{ErrorKind::storage, wanted.string() + ": cannot be made: " +
                                         std::generic_category().message(errno)};
  }
  ~NewFolder() {
    std::error_code ignored;  // nothing more can be done about it
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  NewFolder(NewFolder&& other) noexcept
      : wanted_(std::move(other.wanted_)), path_(std::exchange(other.path_, {})) {}
  NewFolder& operator=(NewFolder&&) = delete;

  const fs::path& path() const { return path_; }

  // An empty folder in the place is replaced; anything else is a conflict.
  Status put_in_place() {
    if (::rename(path_.c_str(), wanted_.c_str()) == 0) {
      path_.clear();
      return {};
    }
    const bool is_taken = errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR;
    return Error{is_taken ? ErrorKind::conflict : ErrorKind::storage,
                 wanted_.string() + ": " +
                     (is_taken ? "holds something already; keys are never overwritten"
                               : "cannot be made: " + std::generic_category().message(errno))};
  }

 private:
  NewFolder(fs::path wanted, fs::path path)
      : wanted_(std::move(wanted)), path_(std::move(path)) {}

  fs::path wanted_;
  fs::path path_;
};

Status check_free(const fs::path& folder) {
  std::error_code error;
  const bool is_free = !fs::exists(folder, error) || fs::is_empty(folder, error);
  if (is_free && !error) return {};
  return Error{ErrorKind::conflict,
               folder.string() + ": holds something already; keys are never overwritten"};
}

struct NamedFile {
  std::string name;
  std::string bytes;
};

Status add_locked(std::vector<NamedFile>& files, const std::string& name, std::string_view role,
                  const SigningKey& key, const Secret& passphrase) {
  Result<std::string> bytes = write_locked_key_file(role, key, passphrase);
  if (!bytes.ok()) return bytes.error();
  files.push_back({name, std::move(bytes).value()});
  return {};
}

Result<std::vector<NamedFile>> make_files(const Secret& passphrase,
                                          const KeyFolderOptions& options) {
  std::vector<NamedFile> files;
  RootKeys keys;
  std::vector<SigningKey> roots;
  for (int i = 1; i <= options.root_keys; ++i) {
    roots.push_back(SigningKey::generate());
    keys.root.push_back(roots.back().public_json());
    const std::string name = "root-" + std::to_string(i) + ".key";
    const Status added = add_locked(files, name, "root", roots.back(), passphrase);
    if (!added.ok()) return added.error();
  }
  const SigningKey targets = SigningKey::generate();
  keys.targets = targets.public_json();
  const Status added = add_locked(files, "targets.key", "targets", targets, passphrase);
  if (!added.ok()) return added.error();

  const auto add_clear = [&](const std::string& role) {
    const SigningKey key = SigningKey::generate();
    files.push_back({role + ".key", write_key_file(role, key)});
    return key.public_json();
  };
  keys.snapshot = add_clear("snapshot");
  keys.timestamp = add_clear("timestamp");
  add_clear("takedown");

  const JsonValue body = root_body({1, options.now + kRootLife}, keys);
  files.push_back({"root.json", sign_metadata(body, {roots.begin(), roots.end()})});
  return files;
}

Error in_file(const fs::path& path, const Error& error) {
  return {error.kind, path.string() + ": " + error.message};
}

Result<SigningKey> open_key(const fs::path& folder, const std::string& role,
                            const Secret& passphrase) {
  const fs::path path = folder / (role + ".key");
  const Result<std::string> bytes = read_file(path, kMaxKeyFileBytes);
  if (!bytes.ok()) return bytes.error();
  Result<SigningKey> key = read_key_file(*bytes, role, &passphrase);
  if (!key.ok()) return in_file(path, key.error());
  return key;
}

Result<std::string> open_root_file(const fs::path& folder) {
  const fs::path path = folder / "root.json";
  Result<std::string> bytes = read_file(path, max_bytes(Role::root));
  if (!bytes.ok()) return bytes.error();
  if (const auto fault = check_root(*bytes)) return in_file(path, to_error(*fault));
  return bytes;
}

}  // namespace

Result<std::vector<std::string>> create_keys(const fs::path& folder, const Secret& passphrase,
                                             const KeyFolderOptions& options) {
  check(options.root_keys >= 1 && options.root_keys <= kMaxRootKeys, "1 to 9 root keys");
  const fs::path wanted = fs::absolute(folder / "").parent_path();
  if (const Status is_free = check_free(wanted); !is_free.ok()) return is_free.error();
  if (const Status made = make_folders(wanted.parent_path()); !made.ok()) return made.error();
  const Result<std::vector<NamedFile>> files = make_files(passphrase, options);
  if (!files.ok()) return files.error();

  Result<NewFolder> made = NewFolder::create(wanted);
  if (!made.ok()) return made.error();
  std::vector<std::string> names;
  for (const NamedFile& file : *files) {
    const Status written = replace_file(made->path() / file.name, file.bytes, kOnlyOwner);
    if (!written.ok()) return written.error();
    names.push_back(file.name);
  }
  if (const Status placed = made->put_in_place(); !placed.ok()) return placed.error();
  return names;
}

Result<PackKeys> open_keys(const fs::path& folder, const Secret& passphrase) {
  Result<std::string> root = open_root_file(folder);
  if (!root.ok()) return root.error();
  Result<SigningKey> snapshot = open_key(folder, "snapshot", passphrase);
  if (!snapshot.ok()) return snapshot.error();
  Result<SigningKey> timestamp = open_key(folder, "timestamp", passphrase);
  if (!timestamp.ok()) return timestamp.error();
  Result<SigningKey> takedown = open_key(folder, "takedown", passphrase);
  if (!takedown.ok()) return takedown.error();
  Result<SigningKey> targets = open_key(folder, "targets", passphrase);
  if (!targets.ok()) return targets.error();
  return PackKeys{std::move(root).value(), std::move(targets).value(),
                  std::move(snapshot).value(), std::move(timestamp).value(),
                  std::move(takedown).value()};
}

}  // namespace conglang::server
