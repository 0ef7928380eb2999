#include "player/sync/backoff.h"

#include <algorithm>

namespace conglang::player {
namespace {

constexpr Milliseconds kFirstWait{1000};
constexpr Milliseconds kHurryGap{1000};
constexpr Milliseconds kLongestWait{5 * 60 * 1000};

Milliseconds scaled(Milliseconds length, double factor) {
  return Milliseconds(static_cast<std::int64_t>(static_cast<double>(length.count()) * factor));
}

}  // namespace

Milliseconds wait_after(int failures, double chance) {
  constexpr int kDoublings = 9;  // more than reach the longest wait
  const Milliseconds grown = kFirstWait * (1 << std::clamp(failures - 1, 0, kDoublings));
  return scaled(std::min(grown, kLongestWait), 0.5 + 0.5 * chance);
}

Milliseconds with_jitter(Milliseconds period, double chance) {
  return scaled(period, 0.9 + 0.2 * chance);
}

void Recurrence::succeeded(MonotonicTime now) {
  failures_ = 0;
  next_ = now + with_jitter(period_, chance_());
  earliest_ = now + kHurryGap;
}

void Recurrence::failed(MonotonicTime now, std::optional<Milliseconds> retry_after) {
  ++failures_;
  next_ =
      now + std::max(wait_after(failures_, chance_()), retry_after.value_or(Milliseconds{0}));
}

void Recurrence::hurry() {
  if (failures_ > 0 || !next_) return;
  next_ = std::min(*next_, earliest_.value_or(*next_));
}

}  // namespace conglang::player
