#include "player/app/show_control.h"

#include <utility>

namespace conglang::player {

// The programme first: whoever sees the mark finds what it is about, or has taken it before.
void ShowControl::adopt(ProgrammePair pair, Adoption adoption) {
  programmes_.put(std::move(pair));
  if (adoption == Adoption::at_once) at_once_ = true;
  wake_();
}

void ShowControl::interrupt(std::optional<Interlude> interlude) {
  interludes_.put({std::move(interlude)});
  wake_();
}

bool ShowControl::take_picture(PictureWish taken) {
  const bool waits = pictures_.try_push(std::move(taken));
  wake_();
  return waits;
}

bool ShowControl::switch_display(DisplayWish wish) {
  const bool waits = displays_.try_push(std::move(wish));
  wake_();
  return waits;
}

std::optional<DisplayWish> ShowControl::wanted_display(Show& show, MonotonicTime now) {
  auto wish = displays_.try_pop();
  if (wish) show.set_dark(!wish->on, now);
  return wish;
}

std::optional<ClockTrust> ShowControl::apply(ProgrammeOrder& order, Show& show,
                                             MonotonicTime now) {
  const bool at_once = at_once_.exchange(false);
  std::optional<ClockTrust> trust;
  if (auto pair = programmes_.take()) {
    trust = pair->trust;
    order.adopt(std::move(*pair));
    show.programme_changed(now, Adoption::at_boundary);
  }
  if (at_once) show.programme_changed(now, Adoption::at_once);
  if (auto wish = interludes_.take()) show.show_interlude(std::move(wish->interlude), now);
  return trust;
}

}  // namespace conglang::player
