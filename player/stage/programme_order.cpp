#include "player/stage/programme_order.h"

#include <algorithm>
#include <utility>

namespace conglang::player {
namespace {

std::optional<std::size_t> index_of(const Programme& programme, const ShowItem* item) {
  if (item == nullptr) return std::nullopt;
  const auto found = std::ranges::find(programme.items, item->id, &ShowItem::id);
  if (found == programme.items.end()) return std::nullopt;
  return static_cast<std::size_t>(found - programme.items.begin());
}

bool has(const Programme* programme, const ShowItem& item) {
  if (programme == nullptr) return false;
  return std::ranges::any_of(programme->items, [&](const ShowItem& one) {
    return one.id == item.id && content_key(one) == content_key(item);
  });
}

}  // namespace

ProgrammeOrder::ProgrammeOrder(ProgrammeOrderParts parts, const Clock& clock)
    : parts_(std::move(parts)), clock_(clock), strikes_(parts_.strikes) {}

Choice ProgrammeOrder::choose(MonotonicTime now) {
  const Moment moment{std::max(clock_.now(), parts_.floor), parts_.trust, now};
  const Programme* previous = parts_.previous.get();
  Choice choice = choose_what_to_show(parts_.current.get(), previous, strikes_, moment);
  if (proven_ || previous == nullptr || unproven_faults_ < choice.items.size()) return choice;
  unproven_faults_ = 0;  // after one item of the old programme the new one is tried again
  Choice old = choose_what_to_show(nullptr, previous, strikes_, moment);
  return old.items.empty() ? choice : old;
}

void ProgrammeOrder::adopt(ProgrammePair pair) {
  const bool same = pair.current == parts_.current;
  proven_ = proven_ && same;
  unproven_faults_ = 0;
  parts_.current = std::move(pair.current);
  parts_.previous = std::move(pair.previous);
  believe(pair.trust, pair.floor);
}

void ProgrammeOrder::believe(ClockTrust trust, Instant floor) {
  parts_.trust = trust;
  parts_.floor = floor;
}

std::shared_ptr<const Programme> ProgrammeOrder::programme_of(const ShowItem& item) const {
  if (has(parts_.current.get(), item)) return parts_.current;
  return has(parts_.previous.get(), item) ? parts_.previous : nullptr;
}

std::optional<ShowItem> ProgrammeOrder::next(const ShowItem* last, MonotonicTime now) {
  const Choice choice = choose(now);
  step_ = choice.step;
  over_ = false;
  const Programme* programme = choice.programme == ShownProgramme::previous
                                   ? parts_.previous.get()
                                   : parts_.current.get();
  if (choice.programme == ShownProgramme::none) programme = nullptr;

  const auto reached = programme != nullptr ? index_of(*programme, last) : std::nullopt;
  for (const std::size_t index : choice.items) {
    if (!reached || index > *reached) return programme->items[index];
  }
  if (!parts_.round_and_round) {
    over_ = last != nullptr || programme == nullptr;
    return std::nullopt;
  }
  if (choice.items.empty()) return std::nullopt;
  return programme->items[choice.items.front()];
}

std::optional<std::vector<Strike>> ProgrammeOrder::take_changed_strikes() {
  if (!std::exchange(strikes_changed_, false)) return std::nullopt;
  return strikes_.list();
}

void ProgrammeOrder::failed(const ShowItem& item, MonotonicTime now) {
  strikes_.record_failure(content_key(item), now);
  strikes_changed_ = true;
  if (!proven_ && has(parts_.current.get(), item)) ++unproven_faults_;
}

void ProgrammeOrder::succeeded(const ShowItem& item) {
  if (strikes_.record_success(content_key(item))) strikes_changed_ = true;
  proven_ = proven_ || has(parts_.current.get(), item);
}

}  // namespace conglang::player
