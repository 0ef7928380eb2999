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

void ShowControl::take_picture(std::function<void(FramePtr)> taken) {
  pictures_.put(std::move(taken));
  wake_();
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
