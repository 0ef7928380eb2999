#include "player/sync/synchronizer.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace conglang::player {

SyncNews Synchronizer::step(const SyncMoment& moment) {
  // Who is not sure of the date cannot judge one; who signed a certificate is judged all the
  // same. A clock that is merely not known to be wrong may have stood still for years.
  const bool knows_the_date = moment.trust == ClockTrust::network;
  parts_.client.judge_dates(knows_the_date ? std::optional(moment.wall) : std::nullopt);

  // The office first: it may know the time, and that there is something to look at.
  OfficeNews office = parts_.office.step(moment.wall, moment.now);
  if (office.look_now) parts_.repository.hurry();
  const ClockReading clock{moment.wall, moment.trust == ClockTrust::network};
  RepositoryNews repository = parts_.repository.step(clock, moment.now);

  SyncNews news;
  news.show = std::move(repository.show);
  news.at_once = repository.at_once;
  news.events = std::move(office.events);
  news.events.insert(news.events.end(), std::make_move_iterator(repository.events.begin()),
                     std::make_move_iterator(repository.events.end()));
  news.progress = parts_.repository.progress();
  news.look_again = std::min(office.look_again, repository.look_again);
  if (parts_.sticks != nullptr) step_sticks(clock, moment.now, news);
  return news;
}

void Synchronizer::step_sticks(const ClockReading& clock, MonotonicTime now, SyncNews& news) {
  const bool was_busy = parts_.sticks->is_busy();
  StickNews stick = parts_.sticks->step(clock, now);
  const bool is_busy = parts_.sticks->is_busy();
  if (is_busy && !was_busy) parts_.repository.leave_files_to_others();
  if (!is_busy && (was_busy || stick.report)) parts_.repository.take_files_back();
  if (stick.show) news.show = std::move(stick.show);
  news.at_once = news.at_once || stick.at_once;
  for (SyncEvent& event : stick.events) news.events.push_back(std::move(event));
  news.stick = std::move(stick.report);
  news.look_again = std::min(news.look_again, stick.look_again);
}

}  // namespace conglang::player
