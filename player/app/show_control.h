// What other threads want of the running show, handed to the render thread.
//
// Of programmes and cards only the newest counts, but a takedown is never forgotten for one;
// whoever waits for an answer gets it.
#pragma once

#include <atomic>
#include <functional>
#include <optional>

#include "player/canvas/frame.h"
#include "player/handoff/bounded_queue.h"
#include "player/handoff/mailbox.h"
#include "player/stage/programme_order.h"
#include "player/stage/show.h"

namespace conglang::player {

// Somebody wants the display on or off.
struct DisplayWish {
  bool on = true;
  std::function<void(const Status& power)> done;  // called on the render thread
};

using PictureWish = std::function<void(FramePtr)>;  // called on the render thread

// Threads: what is wished from any; apply() and wanted_…() the render thread.
class ShowControl {
 public:
  // `wake` ends the rest of the render thread; called without a lock.
  // `end` ends the whole show; `volume` takes percents.
  explicit ShowControl(std::function<void()> wake, std::function<void()> end = {},
                       std::function<void(int)> volume = {})
      : wake_(std::move(wake)), end_(std::move(end)), volume_(std::move(volume)) {}

  void adopt(ProgrammePair pair, Adoption adoption);

  // Nothing: back to the show. See Show::show_interlude().
  void interrupt(std::optional<Interlude> interlude);

  // Asks for a copy of what is on the glass. False when too many wait for theirs.
  [[nodiscard]] bool take_picture(PictureWish taken);
  std::optional<PictureWish> wanted_picture() { return pictures_.try_pop(); }

  // Off: the picture is black and nothing sounds, until it is on again. False when too many
  // such wishes wait.
  [[nodiscard]] bool switch_display(DisplayWish wish);
  // The show itself is dark, or not any more, by then.
  std::optional<DisplayWish> wanted_display(Show& show, MonotonicTime now);

  // 0 to 100.
  void set_volume(int percent) {
    if (volume_) volume_(percent);
  }

  // Nothing more is shown.
  void end() { end_(); }

  // The clock trust of what was adopted, when something was.
  std::optional<ClockTrust> apply(ProgrammeOrder& order, Show& show, MonotonicTime now);

 private:
  struct Wish {
    std::optional<Interlude> interlude;
  };

  static constexpr std::size_t kMostWaiting = 8;

  const std::function<void()> wake_, end_;
  const std::function<void(int)> volume_;
  Mailbox<ProgrammePair> programmes_;
  Mailbox<Wish> interludes_;
  BoundedQueue<PictureWish> pictures_{kMostWaiting};
  BoundedQueue<DisplayWish> displays_{kMostWaiting};
  std::atomic<bool> at_once_ = false;
};

}  // namespace conglang::player
