#include "player/report/play_log.h"

#include <string>
#include <utility>

namespace conglang::player {

PlayLog::PlayLog(PlayLogWriter& writer, PlayLogRules rules)
    : writer_(writer), rules_(rules), queue_(rules.queue_records) {}

void PlayLog::add(PlayRecord record) {
  if (!queue_.try_push(std::move(record))) ++lost_;
}

std::vector<Event> PlayLog::step(MonotonicTime now) {
  std::vector<Event> events;
  collect(now);
  if (is_due(now)) write_all(now, events);
  tell_losses(events);
  return events;
}

std::vector<Event> PlayLog::flush(MonotonicTime now) {
  std::vector<Event> events;
  collect(now);
  if (!waiting_.empty()) write_all(now, events);
  tell_losses(events);
  return events;
}

void PlayLog::collect(MonotonicTime now) {
  while (auto record = queue_.try_pop()) {
    if (waiting_.empty()) oldest_since_ = now;
    waiting_.push_back(std::move(*record));
    if (waiting_.size() <= rules_.waiting_records) continue;
    waiting_.pop_front();
    ++lost_;
  }
}

bool PlayLog::is_due(MonotonicTime now) const {
  if (waiting_.empty()) return false;
  if (failed_at_) return now - *failed_at_ >= rules_.batch_age;
  return waiting_.size() >= rules_.batch_records || now - *oldest_since_ >= rules_.batch_age;
}

void PlayLog::write_all(MonotonicTime now, std::vector<Event>& events) {
  const std::vector<PlayRecord> batch(waiting_.begin(), waiting_.end());
  const Status written = writer_.write(batch);
  for (Event& event : writer_.take_events()) events.push_back(std::move(event));
  if (written) {
    waiting_.clear();
    failed_at_.reset();
    return;
  }
  // Told once for a row of failures: a full disk fails every 30 s.
  if (!failed_at_) {
    events.push_back({EventKind::play_log_failed, "plays", written.error().message});
  }
  failed_at_ = now;
}

void PlayLog::tell_losses(std::vector<Event>& events) {
  const std::int64_t lost = lost_.load();
  if (lost == told_lost_) return;
  events.push_back({EventKind::plays_lost, "plays",
                    std::to_string(lost - told_lost_) + " records did not fit"});
  told_lost_ = lost;
}

}  // namespace conglang::player
