// From what was loaded to what a session shows, and what there is to tell about it.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "player/app/event_printer.h"
#include "player/app/show_session.h"
#include "player/store/load_publication.h"

namespace conglang::player {

Event event_of(const Fault& fault);

// A damaged disk is one thing that went wrong, however many files it harmed.
std::optional<Event> event_of(const std::vector<Error>& memory_faults);

// Null when nothing was loaded.
std::shared_ptr<const Programme> programme_of(const std::optional<LoadedPublication>& loaded,
                                              const AssetPaths& assets, EventPrinter& events);

// A kiosk's session that begins with it.
SessionPlan plan_of(const LoadOutcome& outcome, const AssetPaths& assets, EventPrinter& events);

}  // namespace conglang::player
