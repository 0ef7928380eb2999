// The running order of a programme: its playable items one after another, round and round.
#pragma once

#include <memory>

#include "player/programme/clock_trust.h"
#include "player/programme/fallback.h"
#include "player/stage/running_order.h"
#include "playlists/base/clock.h"

namespace conglang::player {

struct ProgrammeOrderParts {
  std::shared_ptr<const Programme> current;
  std::shared_ptr<const Programme> previous;  // shown when nothing of `current` can be
  ClockTrust trust = ClockTrust::none;
  Instant floor;                // the wall clock is not believed below it
  bool round_and_round = true;  // else each item once
};

class ProgrammeOrder final : public RunningOrder {
 public:
  // `clock` must outlive the order.
  ProgrammeOrder(ProgrammeOrderParts parts, const Clock& clock);

  std::optional<ShowItem> next(const ShowItem* last, MonotonicTime now) override;
  void failed(const ShowItem& item, MonotonicTime now) override;
  void succeeded(const ShowItem& item) override;
  bool over() const override { return over_; }

  // Where on the ladder the last choice was.
  FallbackStep step() const { return step_; }

 private:
  const ProgrammeOrderParts parts_;
  const Clock& clock_;
  Strikes strikes_;
  FallbackStep step_ = FallbackStep::current;
  bool over_ = false;
};

}  // namespace conglang::player
