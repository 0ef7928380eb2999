// The real clock of this machine.
#pragma once

#include "playlists/base/clock.h"

namespace conglang::player {

class SystemClock final : public Clock {
 public:
  Instant now() const override;
  MonotonicTime monotonic() const override;
};

// Sleeps to an absolute moment, so that being late once does not add up.
void sleep_until(MonotonicTime moment);

}  // namespace conglang::player
