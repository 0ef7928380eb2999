// Which files of the repository nobody needs any more; see office_repository.h.
#include <system_error>
#include <vector>

#include "content-server/publishing/office_repository.h"
#include "content-server/publishing/repository_lock.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::days kGrace{7};

void add_files(const std::map<std::string, TargetFile>& files, std::set<std::string>& named) {
  for (const auto& [path, file] : files) named.insert(repository_path(file));
}

std::set<std::string> named_by(const PublishedState& state) {
  std::set<std::string> named{"metadata/timestamp.json",
                              metadata_name("snapshot", state.versions.snapshot)};
  for (const auto& [name, file] : state.files) {
    named.insert("metadata/" + std::to_string(file.version) + "." + name);
  }
  add_files(state.targets->files(), named);
  if (state.takedown) add_files(state.takedown->files, named);
  if (state.urgent) add_files(state.urgent->files, named);
  return named;
}

Instant changed_at(const fs::directory_entry& entry, std::error_code& error) {
  const auto time = entry.last_write_time(error);
  return std::chrono::time_point_cast<Milliseconds>(std::chrono::file_clock::to_sys(time));
}

}  // namespace

bool is_superseded(const std::string& path, const std::set<std::string>& named, Instant changed,
                   Instant now) {
  if (path.starts_with("metadata/") && path.ends_with(".root.json")) return false;
  if (named.contains(path)) return false;
  return now - changed >= kGrace;
}

Result<int> OfficeRepository::sweep(Instant now) const {
  const auto lock = RepositoryLock::take(data_ / "repository.lock");
  if (!lock.ok()) return lock.error();
  const Result<PublishedState> state = published(now);
  if (!state.ok()) return state.error();
  if (!state->targets) return 0;
  const std::set<std::string> named = named_by(*state);
  std::error_code error;
  std::vector<fs::path> superseded;
  for (fs::recursive_directory_iterator at(folder(), error), end; !error && at != end;
       at.increment(error)) {
    if (!at->is_regular_file(error)) continue;
    const std::string path = fs::path(at->path()).lexically_relative(folder()).string();
    const Instant changed = changed_at(*at, error);
    if (!error && is_superseded(path, named, changed, now)) superseded.push_back(at->path());
  }
  int removed = 0;
  for (const fs::path& path : superseded) removed += fs::remove(path, error) ? 1 : 0;
  if (!error) return removed;
  return Error{ErrorKind::storage, folder().string() + ": cannot be swept: " + error.message()};
}

}  // namespace conglang::server
