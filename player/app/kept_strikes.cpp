#include "player/app/kept_strikes.h"

#include <utility>

namespace conglang::player {

KeptStrikes::KeptStrikes(const std::string& data_folder, const Clock& clock,
                         EventPrinter& events)
    : events_(events) {
  auto opened = PosixStateFolder::open(data_folder);
  if (!opened) {
    tell(opened.error());
    return;
  }
  folder_ = std::move(*opened);
  memory_.emplace(*folder_, clock);
}

void KeptStrikes::give_to(SessionPlan& plan) {
  if (!memory_) return;
  if (auto kept = memory_->load()) {
    plan.strikes = std::move(*kept);
  } else {
    tell(kept.error());
  }
  plan.keep_strikes = [this](const std::vector<Strike>& strikes) {
    const Status kept = memory_->keep(strikes);
    if (!kept && !failing_) tell(kept.error());
    failing_ = !kept.ok();
  };
}

void KeptStrikes::tell(const Error& error) {
  events_.print({event_kind_of(error.kind), "strikes", error.message});
}

}  // namespace conglang::player
