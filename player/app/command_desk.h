// Does what the office asks of this kiosk, each command once, and keeps what came of it.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "player/app/command_memory.h"
#include "player/app/picture_folder.h"
#include "player/app/show_control.h"
#include "player/handoff/bounded_queue.h"
#include "player/identity/enrolment.h"
#include "player/store/state_folder.h"
#include "player/sync/sync_event.h"
#include "playlists/base/clock.h"
#include "playlists/wire/heartbeat.h"

namespace conglang::player {

struct CommandDeskParts {
  const Clock& clock;
  const Enrolment& enrolment;
  StateFolder& folder;
  CommandMemory& memory;
  PictureFolder& pictures;
  bool is_mute = false;                        // whatever the office says
  std::function<void(const SyncEvent&)> tell;  // what the officer should know meanwhile
};

// What a command acts on. `wake` ends the rest of the sync thread, from any thread.
struct CommandReach {
  ShowControl& show;
  std::function<void()> look_now;
  std::function<void()> wake;
};

// Threads: the sync thread; wants_restart() any.
class CommandDesk {
 public:
  // Requires: what the parts refer to outlives it.
  explicit CommandDesk(CommandDeskParts parts) : parts_(std::move(parts)) {}

  // Requires: what it reaches outlives the show.
  void obey(const Command& command, const CommandReach& reach);

  // Takes what the show has done meanwhile. True when results wait to be told.
  bool collect();

  bool wants_restart() const { return wants_restart_; }
  // Until then the card with the kiosk's name has the screen.
  MonotonicTime identified_until() const { return identified_until_; }

 private:
  struct TakenPicture {
    std::string command;
    FramePtr picture;  // null: none could be taken
  };
  struct SwitchedDisplay {
    std::string command;
    bool on;
    Status power;
  };

  static constexpr std::size_t kMostWaiting = 8;

  void finish(const CommandResult& result);
  void identify(ShowControl& show);
  void take_picture(const Command& command, const CommandReach& reach);
  void switch_display(const Command& command, const CommandReach& reach);
  CommandResult turn_volume(const Command& command, ShowControl& show);
  void keep_picture(const TakenPicture& taken);
  void tell_display(const SwitchedDisplay& switched);

  CommandDeskParts parts_;
  MonotonicTime identified_until_{};
  BoundedQueue<TakenPicture> taken_{kMostWaiting};
  BoundedQueue<SwitchedDisplay> switched_{kMostWaiting};
  bool has_results_ = false;
  std::atomic<bool> wants_restart_ = false;
};

}  // namespace conglang::player
