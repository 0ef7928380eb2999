// The time below which the clock of this kiosk is never believed.
//
// Pure. The floor rises with what approvers signed, so a kiosk without a clock battery
// cannot be sent back to a time at which something expired was still valid.
#pragma once

#include "playlists/base/time.h"

namespace conglang::player {

struct ClockReading {
  Instant now;
  bool is_trusted = false;  // synchronised with a network
};

// The later of the two.
Instant believed_time(Instant floor, Instant clock);

// The floor after a publication that was approved at `approved_at`. An approval more than
// 24 hours ahead of a trusted clock does not count: a computer in the year 2099 must not
// expire everything.
Instant raise_floor(Instant floor, Instant approved_at, const ClockReading& clock);

}  // namespace conglang::player
