#include "player/platform/system_clock.h"

#include <cerrno>
#include <ctime>

namespace conglang::player {

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now());
}

MonotonicTime SystemClock::monotonic() const { return std::chrono::steady_clock::now(); }

void sleep_until(MonotonicTime moment) {
  // std::chrono::steady_clock is CLOCK_MONOTONIC on Linux.
  const auto whole_seconds = std::chrono::floor<std::chrono::seconds>(moment);
  const timespec target{static_cast<std::time_t>(whole_seconds.time_since_epoch().count()),
                        static_cast<long>((moment - whole_seconds).count())};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &target, nullptr) == EINTR) {
  }
}

}  // namespace conglang::player
