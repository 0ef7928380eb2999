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

}  // namespace

ProgrammeOrder::ProgrammeOrder(ProgrammeOrderParts parts, const Clock& clock)
    : parts_(std::move(parts)), clock_(clock) {}

std::optional<ShowItem> ProgrammeOrder::next(const ShowItem* last, MonotonicTime now) {
  const Choice choice =
      choose_what_to_show(parts_.current.get(), parts_.previous.get(), strikes_,
                          {std::max(clock_.now(), parts_.floor), parts_.trust, now});
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

void ProgrammeOrder::failed(const ShowItem& item, MonotonicTime now) {
  strikes_.record_failure(content_key(item), now);
}

void ProgrammeOrder::succeeded(const ShowItem& item) {
  strikes_.record_success(content_key(item));
}

}  // namespace conglang::player
