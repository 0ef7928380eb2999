#include "content-server/ops/backup.h"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include "content-server/ops/backup_archive.h"
#include "playlists/base/check.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "conglang-", kSuffix = ".tar";

struct Source {
  std::string name;
  fs::path path;
};

Error stopped(const fs::path& file) {
  return {ErrorKind::stopped, file.string() + ": the backup was stopped"};
}

// Half-written files of ours; they end so until they have their name.
bool is_unfinished(const fs::path& path) { return path.extension() == ".tmp"; }

Status list_folder(const fs::path& data, const char* name, std::vector<Source>& found) {
  std::error_code error;
  if (!fs::exists(data / name, error)) return {};
  fs::recursive_directory_iterator entries(data / name, error);
  for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
    std::error_code gone;
    const fs::path& path = entries->path();
    if (!entries->is_regular_file(gone) || is_unfinished(path)) continue;
    found.push_back({path.lexically_relative(data).generic_string(), path});
  }
  if (!error) return {};
  return Error{ErrorKind::storage, (data / name).string() + ": " + error.message()};
}

// What says that other files count comes before them: a repository that gains a version
// meanwhile still holds the files of the older timestamp.
Result<std::vector<Source>> list_sources(const fs::path& data) {
  std::vector<Source> sources;
  for (const char* name : {"conglang.toml", "repository/metadata/timestamp.json"}) {
    std::error_code error;
    if (fs::is_regular_file(data / name, error)) sources.push_back({name, data / name});
  }
  const std::size_t first = sources.size();
  for (const char* folder : {"keys", "tls", "repository", "assets"}) {
    const Status listed = list_folder(data, folder, sources);
    if (!listed.ok()) return listed.error();
  }
  std::sort(sources.begin() + static_cast<std::ptrdiff_t>(first), sources.end(),
            [](const Source& a, const Source& b) { return a.name < b.name; });
  std::erase_if(sources, [&, nth = std::size_t{0}](const Source& source) mutable {
    return nth++ >= first && source.name == "repository/metadata/timestamp.json";
  });
  return sources;
}

// The copy of the database lies beside the archive for as long as it is made.
class DatabaseCopy {
 public:
  explicit DatabaseCopy(const fs::path& file) : path_(file.string() + ".sqlite.tmp") {
    remove();
  }
  ~DatabaseCopy() { remove(); }
  DatabaseCopy(const DatabaseCopy&) = delete;
  DatabaseCopy& operator=(const DatabaseCopy&) = delete;

  const fs::path& path() const { return path_; }

 private:
  void remove() const {
    std::error_code absent;
    fs::remove(path_, absent);
  }

  fs::path path_;
};

class Backup {
 public:
  Backup(BackupArchive archive, const fs::path& file, const TellProgress& tell)
      : archive_(std::move(archive)), file_(file), tell_(tell) {}

  Status add(const Source& source) {
    Status added = archive_.add(source.name, source.path);
    if (!added.ok()) return added;
    std::error_code gone;
    ++progress_.files;
    const auto size = fs::file_size(source.path, gone);
    progress_.bytes += gone ? 0 : static_cast<std::int64_t>(size);
    progress_.name = source.name;
    return !tell_ || tell_(progress_) ? Status() : Status(stopped(file_));
  }

  Result<BackupManifest> finish() { return archive_.finish(); }

 private:
  BackupArchive archive_;
  const fs::path& file_;
  const TellProgress& tell_;
  BackupProgress progress_;
};

// The anchor before the database: it must not know entries that the copy has not.
Status add_database(Backup& backup, const BackupSource& source, const fs::path& copy) {
  Status anchored = backup.add({"audit.anchor", source.data / "audit.anchor"});
  if (!anchored.ok() && anchored.error().kind != ErrorKind::missing) return anchored;
  const Status copied = source.copy_database(copy);
  return copied.ok() ? backup.add({"office.sqlite", copy}) : copied;
}

// The office's keys and roots as they lie there, in words that change with any of them.
std::string keys_and_roots(const fs::path& data) {
  std::vector<std::string> words;
  for (const char* folder : {"keys", "repository/metadata"}) {
    std::error_code error;
    for (fs::directory_iterator entry(data / folder, error), end; !error && entry != end;
         entry.increment(error)) {
      const std::string name = entry->path().filename().string();
      if (!name.ends_with(".key") && !name.ends_with(".root.json")) continue;
      std::error_code gone;
      const auto changed = entry->last_write_time(gone).time_since_epoch().count();
      words.push_back(name + " " + std::to_string(changed) + "\n");
    }
  }
  std::ranges::sort(words);
  std::string all;
  for (const std::string& word : words) all += word;
  return all;
}

// A root of one moment with the keys of another would bring back an office that cannot sign.
Status check_same_keys(const std::string& before, const fs::path& data) {
  if (keys_and_roots(data) == before) return {};
  return Error{ErrorKind::conflict,
               data.string() + ": its keys were changed meanwhile; make the backup again",
               "keys-changed"};
}

Result<BackupManifest> try_backup(const BackupSource& source, const fs::path& file, Instant now,
                                  const TellProgress& tell) {
  const std::string keys = keys_and_roots(source.data);
  auto archive = BackupArchive::create(file, now, source.program);
  if (!archive.ok()) return archive.error();
  Backup backup(std::move(*archive), file, tell);
  {
    const DatabaseCopy copy(file);
    const Status added = add_database(backup, source, copy.path());
    if (!added.ok()) return added.error();
  }
  const auto sources = list_sources(source.data);
  if (!sources.ok()) return sources.error();
  for (const Source& each : *sources) {
    const Status added = backup.add(each);
    if (!added.ok() && added.error().kind != ErrorKind::missing) return added.error();
  }
  const Status same = check_same_keys(keys, source.data);
  if (!same.ok()) return same.error();
  return backup.finish();
}

}  // namespace

Result<BackupManifest> make_backup(const BackupSource& source, const fs::path& file,
                                   Instant now, const TellProgress& tell) {
  auto made = try_backup(source, file, now, tell);
  const bool once_more = !made.ok() && made.error().code == "keys-changed";
  return once_more ? try_backup(source, file, now, tell) : std::move(made);
}

std::string backup_name(Instant now) {
  std::string stamp = format_instant(std::chrono::floor<std::chrono::seconds>(now));
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  return std::string(kPrefix) + stamp + std::string(kSuffix);
}

Result<int> remove_old_backups(const fs::path& folder, int keep) {
  check(keep > 0, "at least one backup is kept");
  const std::size_t length = backup_name(Instant{}).size();
  std::vector<fs::path> backups;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.size() == length && name.starts_with(kPrefix) && name.ends_with(kSuffix)) {
      backups.push_back(entry->path());
    }
  }
  std::ranges::sort(backups);
  int removed = 0;
  while (!error &&
         backups.size() - static_cast<std::size_t>(removed) > static_cast<std::size_t>(keep)) {
    fs::remove(backups[static_cast<std::size_t>(removed)], error);
    if (!error) ++removed;
  }
  if (!error) return removed;
  return Error{ErrorKind::storage, folder.string() + ": " + error.message()};
}

}  // namespace conglang::server
