// The clocks of this machine.
#pragma once

#include "playlists/base/clock.h"

namespace conglang::server {

class SystemClock final : public Clock {
 public:
  Instant now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
  MonotonicTime monotonic() const override {
    return std::chrono::time_point_cast<std::chrono::nanoseconds>(
        std::chrono::steady_clock::now());
  }
};

}  // namespace conglang::server
