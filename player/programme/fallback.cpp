#include "player/programme/fallback.h"

#include "player/programme/what_plays.h"

namespace conglang::player {
namespace {

template <typename Time>
void keep_earlier(std::optional<Time>& earliest, const std::optional<Time>& edge) {
  if (edge && (!earliest || *edge < *earliest)) earliest = edge;
}

struct Usable {
  std::vector<std::size_t> items;
  bool has_broken = false;
  bool evergreen_only = false;
};

// What of it may and can play; tells `choice` when that may become more or less.
Usable usable_of(const Programme& programme, const Strikes& strikes, const Moment& moment,
                 Choice& choice) {
  const WhatPlays playing = what_plays(programme, moment.wall, moment.trust);
  keep_earlier(choice.next_change, playing.next_change);
  Usable usable;
  usable.evergreen_only = playing.evergreen_only;
  for (const std::size_t index : playing.items) {
    const MonotonicTime allowed =
        strikes.next_allowed(content_key(programme.items[index]), moment.monotonic);
    if (allowed <= moment.monotonic) {
      usable.items.push_back(index);
      continue;
    }
    usable.has_broken = true;
    keep_earlier(choice.next_retry, std::optional(allowed));
  }
  return usable;
}

FallbackStep step_of(const Usable& usable, ShownProgramme programme) {
  if (usable.evergreen_only) return FallbackStep::evergreen;
  if (programme == ShownProgramme::previous) return FallbackStep::previous;
  return usable.has_broken ? FallbackStep::current_without_broken : FallbackStep::current;
}

}  // namespace

std::string_view to_string(FallbackStep step) {
  switch (step) {
    case FallbackStep::current:
      return "current";
    case FallbackStep::current_without_broken:
      return "current-without-broken";
    case FallbackStep::previous:
      return "previous";
    case FallbackStep::evergreen:
      return "evergreen";
    case FallbackStep::built_in_card:
      return "built-in-card";
  }
  return "built-in-card";
}

Choice choose_what_to_show(const Programme* current, const Programme* previous,
                           const Strikes& strikes, const Moment& moment) {
  Choice choice;
  const auto try_one = [&](const Programme* programme, ShownProgramme which) {
    if (programme == nullptr) return false;
    Usable usable = usable_of(*programme, strikes, moment, choice);
    if (usable.items.empty()) return false;
    choice.step = step_of(usable, which);
    choice.programme = which;
    choice.items = std::move(usable.items);
    return true;
  };
  // The current one superseded the previous one, so that comes back only when nothing at
  // all is left of the current one.
  if (!try_one(current, ShownProgramme::current)) try_one(previous, ShownProgramme::previous);
  return choice;
}

}  // namespace conglang::player
