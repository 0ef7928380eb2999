#include "player/store/time_floor.h"

#include <algorithm>

namespace conglang::player {

Instant believed_time(Instant floor, Instant clock) { return std::max(floor, clock); }

Instant raise_floor(Instant floor, Instant approved_at, const ClockReading& clock) {
  constexpr std::chrono::hours kMostAhead{24};
  if (clock.is_trusted && approved_at > clock.now + kMostAhead) return floor;
  return std::max(floor, approved_at);
}

}  // namespace conglang::player
