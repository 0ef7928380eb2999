// Decides how much a reading of the wall clock is worth.
#pragma once

#include "player/programme/clock_trust.h"
#include "playlists/base/time.h"

namespace conglang::player {

// Pure. `floor` is what approvers signed for: the clock of a machine without a battery
// that starts below it is known to be wrong.
inline ClockTrust judge_clock(bool synchronised, Instant clock, Instant floor) {
  if (synchronised) return ClockTrust::network;
  return clock >= floor ? ClockTrust::persisted : ClockTrust::none;
}

}  // namespace conglang::player
