#include "player/app/programme_events.h"

#include <utility>

#include "player/programme/build_programme.h"
#include "player/stage/card_preparation.h"

namespace conglang::player {
namespace {

Event event_of(const LeftOut& left_out) {
  const EventKind kind = left_out.kind == LeftOutKind::unknown_kind
                             ? EventKind::skipped_unknown_kind
                             : EventKind::missing;
  return {kind, left_out.item.text(), left_out.detail};
}

}  // namespace

Event event_of(const Fault& fault) {
  const EventKind kind = parse_event_kind(name_of(fault.kind)).value_or(EventKind::untrusted);
  return {kind, "repository: " + fault.where, fault.message};
}

std::optional<Event> event_of(const std::vector<Error>& memory_faults) {
  if (memory_faults.empty()) return std::nullopt;
  Event event{event_kind_of(memory_faults.front().kind), "data folder", ""};
  for (const Error& fault : memory_faults) {
    event.detail += (event.detail.empty() ? "" : "; ") + fault.message;
  }
  return event;
}

std::shared_ptr<const Programme> programme_of(const std::optional<LoadedPublication>& loaded,
                                              const AssetPaths& assets, EventPrinter& events) {
  if (!loaded) return nullptr;
  BuiltProgramme built = build_programme(loaded->publication.publication(), assets,
                                         std::to_string(loaded->version));
  for (const LeftOut& left_out : built.left_out) events.print(event_of(left_out));
  return std::make_shared<const Programme>(std::move(built.programme));
}

SessionPlan plan_of(const LoadOutcome& outcome, const AssetPaths& assets,
                    EventPrinter& events) {
  SessionPlan plan;
  plan.kiosk = true;
  plan.title = "Cổng Làng";
  plan.current = programme_of(outcome.current, assets, events);
  plan.previous = programme_of(outcome.previous, assets, events);
  const auto& shown = outcome.current ? outcome.current : outcome.previous;
  if (shown) {
    const Publication& publication = shown->publication.publication();
    plan.title = publication.title.vi;
    plan.card_style = card_style(publication.theme);
  }
  plan.background = plan.card_style.background;
  plan.floor = outcome.floor;
  return plan;
}

}  // namespace conglang::player
