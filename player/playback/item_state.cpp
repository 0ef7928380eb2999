#include "player/playback/item_state.h"

#include <utility>

namespace conglang::player {

bool ItemLife::apply(ItemEvent event) {
  if (over()) return false;
  const auto step = [this](ItemState from, ItemState to) {
    if (state_ != from) return false;
    state_ = to;
    return true;
  };
  switch (event) {
    case ItemEvent::open:
      return step(ItemState::idle, ItemState::opening);
    case ItemEvent::opened:
      return step(ItemState::opening, ItemState::priming);
    case ItemEvent::primed:
      return step(ItemState::priming, ItemState::ready);
    case ItemEvent::start:
      return step(ItemState::ready, source_ended_ ? ItemState::draining : ItemState::playing);
    case ItemEvent::source_ended:
      source_ended_ = true;
      return step(ItemState::playing, ItemState::draining);
    case ItemEvent::time_over:
      return step(ItemState::playing, ItemState::done) ||
             step(ItemState::draining, ItemState::done);
    case ItemEvent::abandon:
      state_ = ItemState::done;
      return true;
    case ItemEvent::fault:
      state_ = ItemState::failed;
      return true;
  }
  return false;
}

std::string_view to_string(ItemState state) {
  switch (state) {
    case ItemState::idle:
      return "idle";
    case ItemState::opening:
      return "opening";
    case ItemState::priming:
      return "priming";
    case ItemState::ready:
      return "ready";
    case ItemState::playing:
      return "playing";
    case ItemState::draining:
      return "draining";
    case ItemState::done:
      return "done";
    case ItemState::failed:
      return "failed";
  }
  return "unknown";
}

}  // namespace conglang::player
