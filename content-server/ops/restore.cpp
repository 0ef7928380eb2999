#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

#include "content-server/ops/backup.h"
#include "content-server/ops/backup_archive.h"
#include "playlists/base/json.h"
#include "playlists/base/object_reader.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMarkName = "restored.json";
constexpr std::int64_t kMostMarkBytes = 1024;

Error failed(const fs::path& path, const char* what) {
  return {ErrorKind::storage,
          path.string() + ": " + what + ": " + std::generic_category().message(errno)};
}

bool is_secret(const std::string& name) {
  return !name.starts_with("repository/") && !name.starts_with("assets/");
}

Status flush_folder(const fs::path& folder) {
  const FileHandle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (handle.is_open() && ::fsync(handle.get()) == 0) return {};
  return failed(folder, "cannot be flushed");
}

// A folder beside the one to come, removed unless it becomes it.
class ComingFolder {
 public:
  static Result<ComingFolder> create(const fs::path& data) {
    std::string pattern = data.string() + ".restoring-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) return failed(data, "cannot be restored");
    return ComingFolder(pattern);
  }
  ~ComingFolder() {
    std::error_code ignored;  // its name says what it is
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  ComingFolder(ComingFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ComingFolder& operator=(ComingFolder&&) = delete;

  const fs::path& path() const { return path_; }

  Status become(const fs::path& data) {
    for (const auto& entry : fs::recursive_directory_iterator(path_)) {
      if (!entry.is_directory()) continue;
      Status flushed = flush_folder(entry.path());
      if (!flushed.ok()) return flushed;
    }
    Status flushed = flush_folder(path_);
    if (!flushed.ok()) return flushed;
    // Takes the place of an empty folder, never of one that holds anything.
    if (::rename(path_.c_str(), data.c_str()) != 0) {
      return failed(data, "cannot be put in place");
    }
    path_.clear();
    return flush_folder(data.parent_path());
  }

 private:
  explicit ComingFolder(fs::path path) : path_(std::move(path)) {}

  fs::path path_;
};

// One file on its way to the disk. Flushed when it ends.
class ComingFile {
 public:
  static Result<std::shared_ptr<ComingFile>> create(const fs::path& path, int mode) {
    FileHandle handle(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (!handle.is_open()) return failed(path, "cannot be written");
    return std::make_shared<ComingFile>(path, std::move(handle));
  }
  ComingFile(fs::path path, FileHandle handle)
      : path_(std::move(path)), handle_(std::move(handle)) {}

  Status put(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::write(handle_.get(), bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return failed(path_, "cannot be written");
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
  }
  Status flush() {
    return ::fsync(handle_.get()) == 0 ? Status() : Status(failed(path_, "cannot be flushed"));
  }

 private:
  fs::path path_;
  FileHandle handle_;
};

class Restoring {
 public:
  Restoring(const fs::path& folder, const TellProgress& tell) : folder_(folder), tell_(tell) {}

  Result<TakeBytes> begin(const std::string& name) {
    const Status ended = end_last();
    if (!ended.ok()) return ended.error();
    const fs::path path = folder_ / name;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) return Error{ErrorKind::storage, path.string() + ": " + error.message()};
    auto file = ComingFile::create(path, is_secret(name) ? 0600 : 0644);
    if (!file.ok()) return file.error();
    last_ = *file;
    progress_.name = name;
    return TakeBytes([this](std::string_view bytes) {
      progress_.bytes += static_cast<std::int64_t>(bytes.size());
      return last_->put(bytes);
    });
  }

  Status end_last() {
    if (!last_) return {};
    Status flushed = last_->flush();
    last_.reset();
    if (!flushed.ok()) return flushed;
    ++progress_.files;
    if (!tell_ || tell_(progress_)) return {};
    return Error{ErrorKind::stopped, folder_.string() + ": restoring was stopped"};
  }

 private:
  const fs::path& folder_;
  const TellProgress& tell_;
  BackupProgress progress_;
  std::shared_ptr<ComingFile> last_;
};

Status check_empty(const fs::path& data) {
  std::error_code error;
  if (!fs::exists(data, error) && !error) return {};
  if (!error && fs::is_directory(data, error) && fs::is_empty(data, error) && !error) return {};
  return Error{ErrorKind::conflict,
               data.string() +
                   ": holds something already; a backup is restored into an empty "
                   "folder"};
}

Status protect(const fs::path& folder) {
  for (const char* name : {"keys", "tls"}) {
    std::error_code error;
    if (!fs::exists(folder / name, error)) continue;
    if (::chmod((folder / name).c_str(), 0700) != 0) {
      return failed(folder / name, "cannot be protected");
    }
  }
  return {};
}

}  // namespace

Result<BackupManifest> restore_backup(const fs::path& file, const fs::path& data, Instant now,
                                      const TellProgress& tell) {
  const fs::path target = fs::absolute(data).lexically_normal();
  const fs::path home = target.has_filename() ? target : target.parent_path();
  const Status empty = check_empty(home);
  if (!empty.ok()) return empty.error();
  Result<ComingFolder> coming = ComingFolder::create(home);
  if (!coming.ok()) return coming.error();

  Restoring restoring(coming->path(), tell);
  Result<BackupManifest> manifest =
      read_backup(file, [&](const std::string& name) { return restoring.begin(name); });
  if (!manifest.ok()) return manifest;
  Status status = restoring.end_last();
  if (status.ok()) status = protect(coming->path());
  const JsonObject mark{{"format", 1},
                        {"restored_at", format_instant(now)},
                        {"made_at", format_instant(manifest->made_at)}};
  if (status.ok()) status = replace_file(coming->path() / kMarkName, write_json(mark), 0600);
  if (status.ok()) status = coming->become(home);
  return status.ok() ? std::move(manifest) : status.error();
}

Result<std::optional<RestoredMark>> read_restored_mark(const fs::path& data) {
  const Result<std::string> bytes = read_file(data / kMarkName, kMostMarkBytes);
  if (!bytes.ok() && bytes.error().kind == ErrorKind::missing) {
    return std::optional<RestoredMark>();
  }
  if (!bytes.ok()) return bytes.error();
  const Result<JsonValue> value = parse_json(*bytes);
  if (!value.ok()) {
    return Error{ErrorKind::malformed, std::string(kMarkName) + ": " + value.error().message};
  }
  DocumentErrors errors;
  ObjectReader reader(*value, "", errors);
  reader.integer("format", {1, 1});
  const auto restored_at = reader.optional_instant("restored_at");
  const auto made_at = reader.optional_instant("made_at");
  reader.finish();
  if (!errors.empty() || !restored_at || !made_at) {
    return Error{ErrorKind::malformed, std::string(kMarkName) + ": is not as it was written"};
  }
  return std::optional(RestoredMark{*restored_at, *made_at});
}

Status remove_restored_mark(const fs::path& data) {
  std::error_code error;
  fs::remove(data / kMarkName, error);
  if (!error) return flush_folder(data);
  return Error{ErrorKind::storage, (data / kMarkName).string() + ": " + error.message()};
}

}  // namespace conglang::server
