#include "player/app/repository_watch.h"

#include <utility>

#include "player/handoff/bounded_queue.h"
#include "player/store/repository_files.h"

namespace conglang::player {
namespace {

constexpr std::int64_t kMostTimestampBytes = 64 * 1024;

}  // namespace

std::string timestamp_of(const std::string& folder) {
  RepositoryFiles repository(folder);
  const auto bytes = repository.read("metadata/timestamp.json", kMostTimestampBytes);
  return bytes ? *bytes : std::string();
}

void watch_repository(const RepositoryWatch& watch, std::stop_token stop) {
  std::string known = watch.known;
  BoundedQueue<bool> nobody_pushes(1);  // to wait on, until the end is asked for
  while (!stop.stop_requested()) {
    (void)nobody_pushes.pop(stop, watch.period);
    std::string now = timestamp_of(watch.folder);
    if (stop.stop_requested() || now.empty() || now == known) continue;
    known = std::move(now);
    watch.changed();
  }
}

}  // namespace conglang::player
