// When the online metadata has to be signed again: at half its life.
#pragma once

#include <chrono>
#include <optional>

#include "playlists/base/time.h"

namespace conglang::server {

inline constexpr std::chrono::days kOnlineLife{7};

struct OnlineLives {
  Instant timestamp{}, snapshot{};  // when they expire
  std::optional<Instant> takedown;
};

struct Renewal {
  bool takedown = false;
  bool snapshot = false;
  bool timestamp = false;

  bool any() const { return takedown || snapshot || timestamp; }
  bool operator==(const Renewal&) const = default;
};

// A renewed takedown list needs a new snapshot, and that a new timestamp.
Renewal next_renewal(const OnlineLives& lives, Instant now);

// The moment at which next_renewal() asks for something.
Instant renewal_due(const OnlineLives& lives);

}  // namespace conglang::server
