#include "player/sound/sync_correction.h"

#include <algorithm>

namespace conglang::player {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr Seconds kRecovery{10};
constexpr Seconds kSmoothing{1};
constexpr std::chrono::milliseconds kCloseEnough{1};

}  // namespace

double corrected_speed(std::chrono::nanoseconds ahead) {
  if (std::chrono::abs(ahead) < kCloseEnough) return 1;
  const double correction = -Seconds(ahead).count() / kRecovery.count();
  return 1 + std::clamp(correction, -kMaxCorrection, kMaxCorrection);
}

void SyncCorrection::measure(std::chrono::nanoseconds ahead, std::chrono::nanoseconds passed) {
  latest_ = ahead;
  const double share = std::min(1.0, Seconds(passed) / kSmoothing);
  smoothed_ +=
      std::chrono::duration_cast<std::chrono::nanoseconds>(Seconds(ahead - smoothed_) * share);
}

bool SyncCorrection::must_jump() const { return std::chrono::abs(latest_) > kJumpBeyond; }

void SyncCorrection::forget() { latest_ = smoothed_ = {}; }

}  // namespace conglang::player
