// What other threads want of the running show, handed to the render thread.
//
// Only the newest wish counts, but a takedown is never forgotten for one.
#pragma once

#include <atomic>
#include <functional>
#include <optional>

#include "player/canvas/frame.h"
#include "player/handoff/mailbox.h"
#include "player/stage/programme_order.h"
#include "player/stage/show.h"

namespace conglang::player {

// Threads: adopt() and interrupt() from any; apply() the render thread.
class ShowControl {
 public:
  // `wake` ends the rest of the render thread; called without a lock.
  // `end` ends the whole show.
  explicit ShowControl(std::function<void()> wake, std::function<void()> end = {})
      : wake_(std::move(wake)), end_(std::move(end)) {}

  void adopt(ProgrammePair pair, Adoption adoption);

  // Nothing: back to the show. See Show::show_interlude().
  void interrupt(std::optional<Interlude> interlude);

  // Asks for a copy of what is on the glass; `taken` is called on the render thread.
  void take_picture(std::function<void(FramePtr)> taken);
  std::optional<std::function<void(FramePtr)>> wanted_picture() { return pictures_.take(); }

  // Nothing more is shown. Threads: any.
  void end() { end_(); }

  // The clock trust of what was adopted, when something was.
  std::optional<ClockTrust> apply(ProgrammeOrder& order, Show& show, MonotonicTime now);

 private:
  struct Wish {
    std::optional<Interlude> interlude;
  };

  const std::function<void()> wake_, end_;
  Mailbox<ProgrammePair> programmes_;
  Mailbox<Wish> interludes_;
  Mailbox<std::function<void(FramePtr)>> pictures_;
  std::atomic<bool> at_once_ = false;
};

}  // namespace conglang::player
