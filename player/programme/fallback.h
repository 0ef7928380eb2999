// Decides what the screen shows, best first: the current programme, the same without its
// broken items, the previous programme, evergreen items, the built-in card. Never nothing.
//
// Pure: the answer depends on the arguments alone.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "player/programme/clock_trust.h"
#include "player/programme/show_item.h"
#include "player/programme/strikes.h"

namespace conglang::player {

enum class FallbackStep {
  current,
  current_without_broken,
  previous,
  evergreen,  // of the current programme, else of the previous one
  built_in_card,
};

// "current", "current-without-broken", ...
std::string_view to_string(FallbackStep step);

enum class ShownProgramme { current, previous, none };

struct Choice {
  FallbackStep step = FallbackStep::built_in_card;
  ShownProgramme programme = ShownProgramme::none;  // whose items the indices are of
  std::vector<std::size_t> items;                   // empty for the built-in card
  std::optional<Instant> next_change;       // look again then: a validity begins or ends
  std::optional<MonotonicTime> next_retry;  // look again then: a quarantine ends

  bool operator==(const Choice&) const = default;
};

struct Moment {
  Instant wall;
  ClockTrust trust = ClockTrust::none;
  MonotonicTime monotonic;
};

// Either programme may be null.
Choice choose_what_to_show(const Programme* current, const Programme* previous,
                           const Strikes& strikes, const Moment& moment);

}  // namespace conglang::player
