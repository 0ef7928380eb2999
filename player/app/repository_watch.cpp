#include "player/app/repository_watch.h"

#include "player/handoff/bounded_queue.h"
#include "player/store/repository_files.h"

namespace conglang::player {
namespace {

constexpr std::int64_t kMostTimestampBytes = 64 * 1024;

std::string read_timestamp(RepositoryFiles& repository) {
  const auto bytes = repository.read("metadata/timestamp.json", kMostTimestampBytes);
  return bytes ? *bytes : std::string();
}

}  // namespace

void watch_repository(const RepositoryWatch& watch, std::stop_token stop) {
  RepositoryFiles repository(watch.folder);
  std::string known = read_timestamp(repository);
  BoundedQueue<bool> nobody_pushes(1);  // to wait on, until the end is asked for
  while (!stop.stop_requested()) {
    (void)nobody_pushes.pop(stop, watch.period);
    const std::string now = read_timestamp(repository);
    if (stop.stop_requested() || now.empty() || now == known) continue;
    known = now;
    watch.changed();
  }
}

}  // namespace conglang::player
