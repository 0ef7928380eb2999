// The render thread: rests, draws the picture for the next beat of the display, hands it over.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <vector>

#include "player/app/frame_log.h"
#include "player/canvas/canvas.h"
#include "player/platform/screen.h"
#include "player/report/event.h"
#include "player/stage/show.h"
#include "playlists/base/clock.h"

namespace conglang::player {

struct ShowLoopParts {
  const Clock& clock;
  Screen& screen;
  Canvas& canvas;
  Show& show;
  Turn turn = Turn::none;                    // of the screen, against the show
  FrameLog* frame_log = nullptr;             // may be null
  std::function<void(PixelBuffer)> capture;  // takes a copy of what is on the screen
  std::function<void(const Event&)> tell;
  // Called before each look at the show: what other threads want of it. May be empty.
  std::function<void(MonotonicTime)> take_wishes{};
};

struct ShowLoopPlan {
  std::optional<MonotonicTime> end_at;
  std::vector<MonotonicTime> capture_at;  // rising
};

// Returns when the show is over, at `end_at`, when the window is closed, or after `stop`
// was set and the screen woken. A static picture costs nothing: the thread rests until the
// show says that something changes.
void run_show(const ShowLoopParts& parts, const ShowLoopPlan& plan,
              const std::atomic<bool>& stop);

}  // namespace conglang::player
