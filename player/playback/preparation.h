// The work of a preparation thread: one item after another, from opening to closing.
#pragma once

#include <memory>
#include <stop_token>

#include "player/handoff/bounded_queue.h"
#include "player/playback/prepared_item.h"

namespace conglang::player {

// Items that wait for a free preparation thread. Bounded by what may be alive at
// once: NOW, NEXT and a few that are being closed. When full, the stage asks again
// at the next picture.
using PreparationQueue = BoundedQueue<std::shared_ptr<PreparedItem>>;
constexpr std::size_t kPreparationCapacity = 8;

// Fed by the stage, feeds PreparedItem. Returns when `stop` is asked for. Several
// threads may run it on one queue; an item stays with one of them to its end.
void run_preparations(PreparationQueue& queue, std::stop_token stop);

}  // namespace conglang::player
