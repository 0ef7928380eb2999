// How long to wait after failures: longer each time, and never in step with other kiosks.
#pragma once

#include <functional>
#include <optional>

#include "player/sync/http_client.h"
#include "playlists/base/time.h"

namespace conglang::player {

// From 0 to below 1.
using Chance = std::function<double()>;

// Between half and the whole of 1 s, 2 s, 4 s … up to 5 min after the n-th failure in a row.
// Requires: failures >= 1, chance in [0, 1).
Milliseconds wait_after(int failures, double chance);

// `period`, a tenth shorter or longer.
Milliseconds with_jitter(Milliseconds period, double chance);

// When one kind of work is due: again after its period, later after failures.
class Recurrence {
 public:
  Recurrence(Milliseconds period, Chance chance)
      : period_(period), chance_(std::move(chance)) {}

  // At once at first.
  bool is_due(MonotonicTime now) const { return !next_ || now >= *next_; }
  MonotonicTime next(MonotonicTime now) const { return next_.value_or(now); }

  void succeeded(MonotonicTime now);
  // The server may ask for more patience than ours.
  void failed(MonotonicTime now, std::optional<Milliseconds> retry_after = {});

  // Somebody says that it is worth looking: at once, but not within a second of the last time,
  // however often it is said. While it fails, that is no reason to hurry.
  void hurry();

  // The cause of the failures is gone.
  void retry() { next_.reset(); }

  int failures() const { return failures_; }

 private:
  Milliseconds period_;
  Chance chance_;
  std::optional<MonotonicTime> next_;
  std::optional<MonotonicTime> earliest_;  // for those who hurry
  int failures_ = 0;
};

}  // namespace conglang::player
