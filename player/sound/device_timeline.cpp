#include "player/sound/device_timeline.h"

#include "player/handoff/sample_ring.h"

namespace conglang::player {
namespace {

using std::chrono::nanoseconds;

constexpr std::chrono::milliseconds kInterrupted{50};
constexpr int kSlowness = 64;

}  // namespace

MonotonicTime DeviceTimeline::next(MonotonicTime now, std::size_t frames) {
  const nanoseconds length(static_cast<std::int64_t>(frames) * 1'000'000'000 / kSoundRate);
  // SDL asks for one buffer while the one before is being played.
  const MonotonicTime measured = now + length;
  if (!next_ || std::chrono::abs(measured - *next_) > kInterrupted) next_ = measured;
  const MonotonicTime heard = *next_ + (measured - *next_) / kSlowness;
  next_ = heard + length;
  return heard;
}

}  // namespace conglang::player
