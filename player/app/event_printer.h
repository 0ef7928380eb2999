// Writes events to standard error, one line each, from any thread.
#pragma once

#include "player/handoff/mutex.h"
#include "player/report/event.h"

namespace conglang::player {

class EventPrinter {
 public:
  void print(const Event& event);
  // Of a name that is no kind of the log.
  void print(std::string_view name, std::string_view subject, std::string_view detail);

 private:
  Mutex mutex_;  // lines of two threads do not mix
};

}  // namespace conglang::player
