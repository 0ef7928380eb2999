// Decides which items of a programme may be shown at one instant, and when to look again.
//
// Pure: the answer depends on the arguments alone.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "player/programme/clock_trust.h"
#include "player/programme/show_item.h"

namespace conglang::player {

struct WhatPlays {
  std::vector<std::size_t> items;  // indices into Programme::items, in playing order

  // True when the clock is not trusted or the programme is past its offline_until.
  bool evergreen_only = false;

  // The first instant after `now` at which the answer may differ, as long as the clock
  // trust stays. Empty when it never changes again.
  std::optional<Instant> next_change;
};

// An item plays while now is in [valid_from, valid_until). With a clock of trust none,
// `now` is the floor below which the time cannot be: what has ended there has ended.
WhatPlays what_plays(const Programme& programme, Instant now, ClockTrust trust);

}  // namespace conglang::player
