// When what a device asks for will be heard, in spite of its uneven calls.
#pragma once

#include <cstddef>
#include <optional>

#include "playlists/base/time.h"

namespace conglang::player {

// A device calls early or late by up to a buffer, yet plays evenly. So time advances by
// what was played, and is drawn slowly (1/64 a call) towards what the calls say.
//
// Threads: the mixing thread.
class DeviceTimeline {
 public:
  // For `frames` asked for at `now`: when the first of them will be heard. A device that
  // is more than 50 ms from where it should be was interrupted: time starts anew.
  MonotonicTime next(MonotonicTime now, std::size_t frames);

 private:
  std::optional<MonotonicTime> next_;
};

}  // namespace conglang::player
