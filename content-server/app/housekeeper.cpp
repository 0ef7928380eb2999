#include "content-server/app/housekeeper.h"

#include <algorithm>
#include <chrono>

namespace conglang::server {
namespace {

constexpr std::chrono::minutes kRetry{1};
// The wall clock may jump, so it is looked at again after this, whatever was planned.
constexpr std::chrono::minutes kLongestSleep{1};

}  // namespace

Instant Housekeeper::round(Instant now) {
  Instant next = now + kLongestSleep;
  for (Planned& planned : chores_) {
    // A clock that has gone back behind the last round makes every plan worthless.
    if (planned.due <= now || now < planned.asked) {
      planned.asked = now;
      const auto due = planned.chore.work(now);
      if (!due) log_(planned.chore.name + ": " + due.error().message);
      planned.due = due ? std::max(*due, now + std::chrono::seconds{1}) : now + kRetry;
    }
    next = std::min(next, planned.due);
  }
  return next;
}

void Housekeeper::run(std::stop_token stop) {
  const std::stop_callback wake(stop, [this] { changed_.notify_all(); });
  while (!stop.stop_requested()) {
    const Instant now = clock_.now();
    const Instant next = round(now);
    MutexLock lock(mutex_);
    if (!hurried_ && !stop.stop_requested()) changed_.wait_for(mutex_, next - now);
    if (!hurried_) continue;
    hurried_ = false;
    for (Planned& planned : chores_) planned.due = Instant{};
  }
}

void Housekeeper::hurry() {
  {
    MutexLock lock(mutex_);
    hurried_ = true;
  }
  changed_.notify_all();
}

}  // namespace conglang::server
