// Gives a session the strikes of earlier runs, and keeps those of this one.
#pragma once

#include <optional>
#include <string>

#include "player/app/event_printer.h"
#include "player/app/show_session.h"
#include "player/app/strike_memory.h"
#include "player/store/posix_state_folder.h"

namespace conglang::player {

// Whatever is wrong with the disk, the show begins: an event says so, once for each cause.
//
// Threads: give_to() before the session; what it gives is used by the control thread.
class KeptStrikes {
 public:
  // Requires: clock and events outlive it, and it outlives the session.
  KeptStrikes(const std::string& data_folder, const Clock& clock, EventPrinter& events);

  void give_to(SessionPlan& plan);

 private:
  void tell(const Error& error);

  EventPrinter& events_;
  std::optional<PosixStateFolder> folder_;  // of its own: the control thread writes there
  std::optional<StrikeMemory> memory_;
  bool failing_ = false;
};

}  // namespace conglang::player
