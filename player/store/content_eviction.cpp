#include "player/store/content_eviction.h"

#include <algorithm>
#include <numeric>

namespace conglang::player {
namespace {

// A disk that is fuller than its reserve lacks that too.
std::int64_t lacking_of(std::int64_t wanted, std::int64_t available) {
  return available >= wanted ? 0 : wanted - available;
}

std::int64_t sum_of(const std::vector<StoredFile>& files) {
  return std::accumulate(
      files.begin(), files.end(), std::int64_t{0},
      [](std::int64_t sum, const StoredFile& file) { return sum + file.length; });
}

bool goes_before(const StoredFile& left, const StoredFile& right) {
  if (left.last_named != right.last_named) return left.last_named < right.last_named;
  if (left.length != right.length) return left.length > right.length;
  return left.path < right.path;
}

}  // namespace

Eviction decide_eviction(const std::vector<StoredFile>& files,
                         const std::set<std::string>& pins, const Room& room) {
  const std::int64_t by_quota = lacking_of(room.wanted, room.quota - sum_of(files));
  const std::int64_t by_disk = lacking_of(room.wanted, room.free - room.keep_free);
  std::int64_t lacking = std::max(by_quota, by_disk);
  if (lacking == 0) return {};

  std::vector<StoredFile> loose;
  for (const StoredFile& file : files) {
    if (pins.count(file.path) == 0) loose.push_back(file);
  }
  std::sort(loose.begin(), loose.end(), goes_before);
  Eviction eviction;
  for (const StoredFile& file : loose) {
    if (lacking <= 0) break;
    eviction.paths.push_back(file.path);
    lacking -= file.length;
  }
  if (lacking <= 0) return eviction;
  return {{}, lacking};
}

}  // namespace conglang::player
