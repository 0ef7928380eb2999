// What happened on the stage, for whoever keeps the play log and the frame log.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "player/playback/item_timeline.h"
#include "player/programme/show_item.h"
#include "playlists/base/result.h"

namespace conglang::player {

enum class ItemOutcome {
  completed,    // shown to its end
  cut_short,    // stopped by a fault while it was shown
  interrupted,  // the show itself was ended
};

struct EndedItem {
  ShowItem item;
  MonotonicTime started, ended;
  FrameCounters frames;
  ItemOutcome outcome = ItemOutcome::completed;
  std::string reason;             // with cut_short and interrupted
  std::string programme_version;  // empty when no programme has the item
};

// An item that could not be shown, or not to its end. The screen goes on: it holds
// the last picture until the item after it is ready.
struct ItemFault {
  ShowItem item;
  Error error;
  bool came_too_late = false;  // it was not ready 2 s after its turn
  bool was_shown = false;      // it broke while it was on the glass; ended() follows
  std::string programme_version{};
};

struct ItemSwitch {
  std::string from, to;  // item names; `from` is empty at the beginning
  MonotonicTime due, shown;
  std::chrono::nanoseconds ready_before{0};  // negative: ready only after its turn
};

// Threads: the render thread; returns at once.
class ShowObserver {
 public:
  virtual ~ShowObserver() = default;
  virtual void ended(const EndedItem& item) = 0;
  virtual void fault(const ItemFault& fault) = 0;
  virtual void switched(const ItemSwitch& change) = 0;
};

}  // namespace conglang::player
