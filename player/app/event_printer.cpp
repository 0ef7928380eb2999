#include "player/app/event_printer.h"

#include <cstdio>

#include "player/report/printable.h"

namespace conglang::player {

void EventPrinter::print(const Event& event) {
  const std::string line = format_event_line(event) + "\n";
  const MutexLock lock(mutex_);
  std::fputs(line.c_str(), stderr);
}

void EventPrinter::print(std::string_view name, std::string_view subject,
                         std::string_view detail) {
  const std::string line = "event " + printable(name) + " subject=\"" + printable(subject) +
                           "\" detail=\"" + printable(detail) + "\"\n";
  const MutexLock lock(mutex_);
  std::fputs(line.c_str(), stderr);
}

}  // namespace conglang::player
