// The moments at which the display can take a new picture.
#pragma once

#include "playlists/base/time.h"

namespace conglang::player {

// Pure. Without a display that reports its own beat, the beat is kept by the clock.
class VsyncGrid {
 public:
  // Requires: period > 0.
  VsyncGrid(MonotonicTime origin, std::chrono::nanoseconds period)
      : origin_(origin), period_(period) {}

  std::chrono::nanoseconds period() const { return period_; }

  // The first beat at or after `moment`.
  MonotonicTime at_or_after(MonotonicTime moment) const {
    const std::chrono::nanoseconds since = moment - origin_;
    auto beats = since / period_;
    if (origin_ + beats * period_ < moment) ++beats;
    return origin_ + beats * period_;
  }

  // The beat at which something due at `moment` is shown: the nearest one.
  MonotonicTime showing(MonotonicTime moment) const {
    return at_or_after(moment - period_ / 2);
  }

 private:
  MonotonicTime origin_;
  std::chrono::nanoseconds period_;
};

}  // namespace conglang::player
