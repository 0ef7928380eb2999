// The running order of a programme: its playable items one after another, round and round.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "player/programme/clock_trust.h"
#include "player/programme/fallback.h"
#include "player/stage/running_order.h"
#include "playlists/base/clock.h"

namespace conglang::player {

struct ProgrammeOrderParts {
  std::shared_ptr<const Programme> current;
  std::shared_ptr<const Programme> previous;  // shown when nothing of `current` can be
  ClockTrust trust = ClockTrust::none;
  Instant floor;                     // the wall clock is not believed below it
  bool round_and_round = true;       // else each item once
  std::vector<Strike> strikes = {};  // of an earlier run
};

// What replaces the programmes of a running show.
struct ProgrammePair {
  std::shared_ptr<const Programme> current, previous;  // either may be null
  ClockTrust trust = ClockTrust::none;
  Instant floor;
};

class ProgrammeOrder final : public RunningOrder {
 public:
  // `clock` must outlive the order.
  ProgrammeOrder(ProgrammeOrderParts parts, const Clock& clock);

  std::optional<ShowItem> next(const ShowItem* last, MonotonicTime now) override;
  void failed(const ShowItem& item, MonotonicTime now) override;
  void succeeded(const ShowItem& item) override;
  bool over() const override { return over_; }
  std::shared_ptr<const Programme> programme_of(const ShowItem& item) const override;
  bool may_show(const ShowItem& item) const override { return programme_of(item) != nullptr; }

  // From now on next() answers from these. Until an item of the new programme has played,
  // the previous one comes in whenever all items of the new one failed.
  void adopt(ProgrammePair pair);

  // The clock is judged anew.
  void believe(ClockTrust trust, Instant floor);

  // All strikes, when they have changed since the last time.
  std::optional<std::vector<Strike>> take_changed_strikes();

  // Where on the ladder the last choice was.
  FallbackStep step() const { return step_; }

 private:
  Choice choose(MonotonicTime now);

  ProgrammeOrderParts parts_;
  const Clock& clock_;
  Strikes strikes_;
  bool strikes_changed_ = false;
  FallbackStep step_ = FallbackStep::current;
  bool over_ = false;
  bool proven_ = true;               // an item of `current` has played
  std::size_t unproven_faults_ = 0;  // of items of `current` since it was adopted
};

}  // namespace conglang::player
