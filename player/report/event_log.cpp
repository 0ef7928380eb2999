#include "player/report/event_log.h"

#include <chrono>
#include <utility>

namespace conglang::player {
namespace {

constexpr std::chrono::seconds kPause{30};

}  // namespace

void EventLog::add(LoggedEvent event) {
  if (!queue_.try_push(std::move(event))) ++lost_;
}

void EventLog::step(MonotonicTime now) {
  while (waiting_.size() < kQueued) {
    auto event = queue_.try_pop();
    if (!event) break;
    waiting_.push_back(std::move(*event));
  }
  if (waiting_.empty()) return;
  if (failed_at_ && now - *failed_at_ < kPause) return;
  failed_at_.reset();
  if (writer_.write_events(waiting_)) {
    waiting_.clear();
  } else {
    failed_at_ = now;
  }
}

}  // namespace conglang::player
