// The clock of an enrolled kiosk: the machine's own, or set right by the office's signed word.
#pragma once

#include <atomic>

#include "playlists/base/clock.h"

namespace conglang::player {

// The machine's clock itself is never set.
//
// Threads: any.
class OfficeClock final : public Clock {
 public:
  // Requires: the clock of the machine outlives it.
  explicit OfficeClock(const Clock& machine) : machine_(machine) {}

  Instant now() const override { return machine_.now() + Milliseconds{ahead_ms_.load()}; }
  MonotonicTime monotonic() const override { return machine_.monotonic(); }

  // The office says that it is `time` now.
  void set(Instant time) {
    ahead_ms_ = (time - machine_.now()).count();
    is_set_ = true;
  }
  bool is_set() const { return is_set_; }

  // The machine's clock follows a time server by now.
  void trust_machine() {
    is_set_ = false;
    ahead_ms_ = 0;
  }

 private:
  const Clock& machine_;
  std::atomic<std::int64_t> ahead_ms_ = 0;
  std::atomic<bool> is_set_ = false;
};

}  // namespace conglang::player
