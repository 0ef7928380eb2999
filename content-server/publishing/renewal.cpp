#include "content-server/publishing/renewal.h"

#include <algorithm>

namespace conglang::server {
namespace {

constexpr std::chrono::hours kHalfLife = std::chrono::hours(kOnlineLife) / 2;

// Also when it expires later than we ever sign for: made while the clock was ahead.
bool is_due(Instant expires, Instant now) {
  return expires - now <= kHalfLife || expires - now > 2 * std::chrono::hours(kOnlineLife);
}

}  // namespace

Renewal next_renewal(const OnlineLives& lives, Instant now) {
  Renewal renewal;
  renewal.takedown = lives.takedown && is_due(*lives.takedown, now);
  renewal.snapshot = renewal.takedown || is_due(lives.snapshot, now);
  renewal.timestamp = renewal.snapshot || is_due(lives.timestamp, now);
  return renewal;
}

Instant renewal_due(const OnlineLives& lives) {
  Instant first = std::min(lives.timestamp, lives.snapshot);
  if (lives.takedown) first = std::min(first, *lives.takedown);
  return first - kHalfLife;
}

}  // namespace conglang::server
