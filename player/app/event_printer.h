// Writes events to standard error, one line each, from any thread.
#pragma once

#include "player/handoff/mutex.h"
#include "player/report/event.h"

namespace conglang::player {

class EventPrinter {
 public:
  void print(const Event& event);

 private:
  Mutex mutex_;  // lines of two threads do not mix
};

}  // namespace conglang::player
