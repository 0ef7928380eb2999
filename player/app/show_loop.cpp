#include "player/app/show_loop.h"

#include <algorithm>
#include <utility>

#include "player/stage/vsync_grid.h"

namespace conglang::player {
namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

// The thread wakes this long before the beat, and as long again as drawing took lately.
constexpr nanoseconds kSlack = 3ms;
// A display that fails is tried again after this pause.
constexpr nanoseconds kDisplayPause = 1s;

class ShowLoop {
 public:
  ShowLoop(const ShowLoopParts& parts, const ShowLoopPlan& plan)
      : parts_(parts),
        plan_(plan),
        grid_(parts.clock.monotonic(), parts.screen.period()),
        last_beat_(parts.clock.monotonic()) {}

  void run(const std::atomic<bool>& stop) {
    while (!stop && !quit_ && !parts_.show.finished() && !over()) {
      if (parts_.take_wishes) parts_.take_wishes(last_moment());
      const MonotonicTime beat = next_beat();
      if (!rest_before(beat)) show_at(beat);
      take_captures();
    }
    parts_.show.interrupt(parts_.clock.monotonic());
    take_captures();
  }

 private:
  bool over() const { return plan_.end_at && parts_.clock.monotonic() >= *plan_.end_at; }

  // Moments of the show never go back, and the last picture was made for one to come.
  MonotonicTime last_moment() const { return std::max(parts_.clock.monotonic(), last_beat_); }

  // The beat at which the picture changes next.
  MonotonicTime next_beat() const {
    // The first item need not keep a beat with anything: the beat begins with it.
    if (!begun_) {
      const MonotonicTime at_once = parts_.clock.monotonic() + draw_time_;
      return redraw_ ? at_once : std::max(at_once, parts_.show.next_change(last_beat_));
    }
    const MonotonicTime possible = std::max(
        grid_.at_or_after(parts_.clock.monotonic() + draw_time_), last_beat_ + grid_.period());
    if (redraw_) return possible;
    return std::max(possible, grid_.showing(parts_.show.next_change(last_beat_)));
  }

  // True when it rested, or there is still time: what is due may have changed meanwhile.
  bool rest_before(MonotonicTime beat) {
    const MonotonicTime start_drawing = beat - kSlack - draw_time_;
    MonotonicTime until = start_drawing;
    if (plan_.end_at) until = std::min(until, *plan_.end_at);
    if (captured_ < plan_.capture_at.size())
      until = std::min(until, plan_.capture_at[captured_]);
    if (start_drawing <= parts_.clock.monotonic() + 1ms) return false;
    const ScreenEvents seen = parts_.screen.wait_until(until);
    quit_ = quit_ || seen.quit;
    redraw_ = redraw_ || seen.exposed || seen.resized;
    if (seen.resized) parts_.show.resize(turned(parts_.screen.size(), parts_.turn));
    return true;
  }

  void show_at(MonotonicTime beat) {
    ShowPicture picture = parts_.show.compose(beat);
    last_beat_ = beat;
    if (!begun_ && !picture.item.empty()) {
      begun_ = true;
      grid_ = VsyncGrid(beat, parts_.screen.period());
    }
    auto buffer = parts_.screen.buffer();
    if (!buffer) return display_failed(buffer.error());
    const MonotonicTime began = parts_.clock.monotonic();
    const bool lost = parts_.screen.content_lost();
    const auto damage = parts_.canvas.draw(picture.list, *buffer, lost || redraw_);
    if (!damage) return display_failed(damage.error());
    redraw_ = false;
    if (damage->empty()) return;
    const nanoseconds drawing = parts_.clock.monotonic() - began;
    // Quick to rise, slow to fall: being early costs nothing, being late is seen.
    draw_time_ =
        std::clamp(std::max(drawing, draw_time_ - draw_time_ / 16), 1ns, nanoseconds{50ms});
    const auto presented = parts_.screen.present(*damage, beat);
    if (!presented) return display_failed(presented.error());
    failures_ = 0;
    if (parts_.frame_log != nullptr) {
      parts_.frame_log->add({std::move(picture), beat, *presented, drawing});
    }
  }

  // Once in a row is a window that changed its size meanwhile; twice is a fault.
  void display_failed(const Error& error) {
    redraw_ = true;
    parts_.show.resize(turned(parts_.screen.size(), parts_.turn));
    if (++failures_ < 2) return;
    if (failures_ == 2) parts_.tell({EventKind::display, "display", error.message});
    last_beat_ = grid_.at_or_after(parts_.clock.monotonic() + kDisplayPause);
  }

  void take_captures() {
    while (captured_ < plan_.capture_at.size() &&
           parts_.clock.monotonic() >= plan_.capture_at[captured_]) {
      ++captured_;
      if (const auto buffer = parts_.screen.buffer()) parts_.capture(*buffer);
    }
  }

  const ShowLoopParts& parts_;
  const ShowLoopPlan& plan_;
  VsyncGrid grid_;
  MonotonicTime last_beat_;
  nanoseconds draw_time_{2ms};
  std::size_t captured_ = 0;
  int failures_ = 0;  // of the display, in a row
  bool quit_ = false, redraw_ = false;
  bool begun_ = false;  // an item was shown
};

}  // namespace

void run_show(const ShowLoopParts& parts, const ShowLoopPlan& plan,
              const std::atomic<bool>& stop) {
  ShowLoop(parts, plan).run(stop);
}

}  // namespace conglang::player
