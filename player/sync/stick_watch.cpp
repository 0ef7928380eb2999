#include "player/sync/stick_watch.h"

#include <algorithm>
#include <utility>

namespace conglang::player {

StickNews StickWatch::step(const ClockReading& clock, MonotonicTime now) {
  StickNews news;
  if (!reading_ && now >= next_look_) look(now, news);
  if (reading_) {
    StickReading::News read = reading_->step(clock);
    news.show = std::move(read.show);
    news.at_once = read.at_once;
    if (reading_->is_over()) end(now, news);
  }
  news.look_again = reading_ ? now : next_look_;
  return news;
}

void StickWatch::look(MonotonicTime now, StickNews& news) {
  next_look_ = now + parts_.rules.look_period;
  const std::vector<Stick> sticks = find_sticks(parts_.folders);
  std::erase_if(known_, [&](const auto& known) {
    return std::ranges::none_of(
        sticks, [&](const Stick& stick) { return stick.folder == known.first; });
  });
  tell(news);
  const auto unread =
      std::ranges::find_if(sticks, [&](const Stick& stick) { return !is_read(stick, now); });
  if (unread == sticks.end()) return;
  stick_ = *unread;
  reading_ = std::make_unique<StickReading>(StickReading::Parts{
      stick_.folder, parts_.store, parts_.keeper, parts_.records, parts_.kiosk, parts_.rules});
}

bool StickWatch::is_read(const Stick& stick, MonotonicTime now) const {
  const auto known = known_.find(stick.folder);
  if (known == known_.end() || known->second.mark != stick.mark) return false;
  return !known->second.retry_at || now < *known->second.retry_at;
}

void StickWatch::end(MonotonicTime now, StickNews& news) {
  const std::unique_ptr<StickReading> ended = std::exchange(reading_, nullptr);
  Known known{stick_.mark, ended->troubles(), std::nullopt};
  if (!known.troubles.empty()) known.retry_at = now + parts_.rules.retry_period;
  const auto before = known_.find(stick_.folder);
  const bool is_as_before = before != known_.end() && before->second.mark == known.mark &&
                            before->second.troubles == known.troubles;
  const StickReport report = ended->report();
  if (!is_as_before || report.received) news.report = report;
  known_.insert_or_assign(stick_.folder, std::move(known));
  next_look_ = now + parts_.rules.look_period;
  tell(news);
}

// Nobody but the officer tells sticks apart: all their troubles are of one subject.
void StickWatch::tell(StickNews& news) {
  std::vector<SyncEvent> troubles;
  for (const auto& [folder, known] : known_) {
    troubles.insert(troubles.end(), known.troubles.begin(), known.troubles.end());
  }
  for (SyncEvent& event : ledger_.tell("stick", troubles)) {
    news.events.push_back(std::move(event));
  }
}

}  // namespace conglang::player
