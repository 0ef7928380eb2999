// The only way to learn the time.
#pragma once

#include "playlists/base/time.h"

namespace conglang {

// Threads: any.
class Clock {
 public:
  virtual ~Clock() = default;

  // The wall clock. May jump; never used to measure a duration.
  virtual Instant now() const = 0;

  // For durations, deadlines and pacing.
  virtual MonotonicTime monotonic() const = 0;
};

}  // namespace conglang
