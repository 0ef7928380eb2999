#include "player/app/event_printer.h"

#include <cstdio>

namespace conglang::player {

void EventPrinter::print(const Event& event) {
  const std::string line = format_event_line(event) + "\n";
  const MutexLock lock(mutex_);
  std::fputs(line.c_str(), stderr);
}

}  // namespace conglang::player
