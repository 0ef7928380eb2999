#include "player/store/content_store.h"

#include <algorithm>
#include <utility>

#include "playlists/trust/verified_target.h"

namespace conglang::player {
namespace {

constexpr const char* kAssetsFolder = "targets/assets";

// Chosen: ten times what the largest office has; a folder of a million names is damage.
constexpr std::size_t kMostFiles = 100'000;
constexpr std::size_t kBlockBytes = 256 << 10;

// The digest in front of "<64 digits>.<rest>".
std::optional<Sha256Digest> digest_of(std::string_view name) {
  if (name.size() < 66 || name[64] != '.') return std::nullopt;
  const auto digest = parse_sha256(name.substr(0, 64));
  if (!digest) return std::nullopt;
  return *digest;
}

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

Result<ContentStore> ContentStore::open(ContentFolder& folder, ContentRules rules) {
  ContentStore store(folder, rules);
  if (Status listed = store.list_files(); !listed) return listed.error();
  if (Status listed = store.list_parts(); !listed) return listed.error();
  return store;
}

Status ContentStore::list_files() {
  const auto entries = folder_->list(kAssetsFolder, kMostFiles);
  if (!entries) return entries.error();
  for (const ContentEntry& entry : *entries) {
    if (!digest_of(entry.name)) continue;
    const std::string path = std::string(kAssetsFolder) + "/" + entry.name;
    files_[path] = {path, entry.length, 0};
  }
  return {};
}

Status ContentStore::list_parts() {
  const auto entries = folder_->list(kIncomingFolder, kMostFiles);
  if (!entries) return entries.error();
  for (const ContentEntry& entry : *entries) {
    parts_[std::string(kIncomingFolder) + "/" + entry.name] = entry.length;
  }
  return {};
}

bool ContentStore::holds(const TargetFile& file) const {
  const auto found = files_.find(repository_path(file));
  return found != files_.end() && found->second.length == file.length;
}

std::vector<TargetFile> ContentStore::missing(std::span<const TargetFile> files) const {
  std::map<std::string, TargetFile> missed;  // a file that is named twice is one need
  for (const TargetFile& file : files) {
    if (!holds(file)) missed.emplace(repository_path(file), file);
  }
  std::vector<TargetFile> needs;
  needs.reserve(missed.size());
  for (auto& [path, file] : missed) needs.push_back(std::move(file));
  const auto need_of = [this](const TargetFile& file) {
    const auto part = parts_.find(ContentDownload::part_path(file.sha256));
    return file.length - (part == parts_.end() ? 0 : part->second);
  };
  std::stable_sort(needs.begin(), needs.end(),
                   [&](const TargetFile& left, const TargetFile& right) {
                     return need_of(left) < need_of(right);
                   });
  return needs;
}

void ContentStore::pin(std::span<const TargetFile> files) {
  ++naming_;
  pins_.clear();
  for (const TargetFile& file : files) {
    const std::string path = repository_path(file);
    const auto found = files_.find(path);
    if (found != files_.end()) found->second.last_named = naming_;
    pins_.insert(path);
  }
}

Status ContentStore::make_room(const TargetFile& file) {
  const auto free = folder_->free_bytes();
  if (!free) return free.error();
  const auto part = parts_.find(ContentDownload::part_path(file.sha256));
  const std::int64_t here = part == parts_.end() ? 0 : std::min(part->second, file.length);
  std::vector<StoredFile> files;
  for (const auto& [path, stored] : files_) files.push_back(stored);
  const Eviction eviction = decide_eviction(
      files, pins_, {rules_.quota, rules_.keep_free, *free, file.length - here});
  if (eviction.lacking > 0) {
    return Error{ErrorKind::storage,
                 file.path + ": no room: " + std::to_string(eviction.lacking) +
                     " bytes are lacking beside what must stay",
                 kNoSpaceCode};
  }
  return remove_all(eviction.paths);
}

Status ContentStore::remove_all(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    Status removed = folder_->remove(path);
    if (!removed && removed.error().kind != ErrorKind::missing) return removed;
    files_.erase(path);
  }
  return {};
}

ContentDownload ContentStore::begin(const TargetFile& file) {
  const std::string path = ContentDownload::part_path(file.sha256);
  const auto part = parts_.find(path);
  const std::int64_t kept = part == parts_.end() ? 0 : part->second;
  return ContentDownload(*folder_, file, kept);
}

void ContentStore::paused(const ContentDownload& download) {
  parts_[ContentDownload::part_path(download.file().sha256)] = download.kept();
}

void ContentStore::arrived(const ContentDownload& download) {
  const TargetFile& file = download.file();
  parts_.erase(ContentDownload::part_path(file.sha256));
  const std::string path = repository_path(file);
  files_[path] = {path, file.length, naming_};
}

Status ContentStore::drop(const Sha256Digest& sha256) {
  std::vector<std::string> paths;
  for (const auto& [path, file] : files_) {
    if (digest_of(name_of(path)) == sha256) paths.push_back(path);
  }
  return remove_all(paths);
}

Status ContentStore::drop_leftovers(std::span<const TargetFile> files) {
  std::set<std::string> wanted;
  for (const TargetFile& file : files) wanted.insert(ContentDownload::part_path(file.sha256));
  for (auto part = parts_.begin(); part != parts_.end();) {
    if (wanted.count(part->first) != 0) {
      ++part;
      continue;
    }
    Status removed = folder_->remove(part->first);
    if (!removed && removed.error().kind != ErrorKind::missing) return removed;
    part = parts_.erase(part);
  }
  return {};
}

std::int64_t ContentStore::held_bytes() const {
  std::int64_t sum = 0;
  for (const auto& [path, file] : files_) sum += file.length;
  return sum;
}

// --- scrubbing ---

Result<ContentStore::Scrubbed> ContentStore::scrub(std::int64_t most_bytes) {
  Scrubbed done;
  if (files_.empty()) return done;
  auto file = files_.find(scrub_.path);
  if (file == files_.end()) {  // it went meanwhile: the one after it
    file = files_.upper_bound(scrub_.path);
    if (file == files_.end()) {
      scrub_ = {};
      done.came_round = true;
      return done;
    }
    scrub_ = {file->first, 0, Sha256()};
  }
  std::vector<std::uint8_t> block(kBlockBytes);
  while (done.bytes < most_bytes) {
    const auto got = folder_->read(scrub_.path, scrub_.offset, block);
    if (!got) return end_of_scrubbed_file(done, false);
    if (*got == 0) {
      const bool same = scrub_.offset == file->second.length &&
                        scrub_.digest.finish() == digest_of(name_of(scrub_.path));
      return end_of_scrubbed_file(done, same);
    }
    scrub_.digest.add(std::span(block).first(*got));
    scrub_.offset += static_cast<std::int64_t>(*got);
    done.bytes += static_cast<std::int64_t>(*got);
    if (scrub_.offset > file->second.length) return end_of_scrubbed_file(done, false);
  }
  return done;
}

Result<ContentStore::Scrubbed> ContentStore::end_of_scrubbed_file(Scrubbed so_far, bool sound) {
  const std::string path = scrub_.path;
  const auto next = files_.upper_bound(path);
  so_far.came_round = next == files_.end();
  scrub_ = so_far.came_round ? Scrub{} : Scrub{next->first, 0, Sha256()};
  if (sound) return so_far;
  so_far.damaged = digest_of(name_of(path));
  if (Status removed = remove_all({path}); !removed) return removed.error();
  return so_far;
}

}  // namespace conglang::player
