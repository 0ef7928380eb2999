// Which frame of an item is due at a moment, and when that changes.
//
// The timeline is the monotonic clock; the frames follow it, never the other way
// round, so a late decoder shows the newest frame that is due and loses no time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "player/playback/prepared_item.h"
#include "playlists/base/time.h"

namespace conglang::player {

struct FrameCounters {
  std::int64_t shown = 0;    // frames that were on the glass
  std::int64_t skipped = 0;  // due and gone before they could be shown
  std::int64_t late = 0;     // pictures at which the due frame was not decoded yet
  std::int64_t rebased = 0;  // times the timeline was moved because decoding fell behind
};

struct ItemLength {
  std::optional<std::chrono::nanoseconds> at_most;  // whatever it is
  std::chrono::nanoseconds of_still{};              // when it turns out not to move
};

// Threads: the render thread.
class ItemTimeline {
 public:
  ItemTimeline(std::shared_ptr<PreparedItem> item, const ItemLength& length);

  PreparedItem& item() const { return *item_; }

  // Requires: the item is ready. The first frame is due at `at`.
  void start(MonotonicTime at);
  bool started() const { return start_.has_value(); }
  MonotonicTime started_at() const { return *start_; }

  // The frame due at `at`, give or take `tolerance` (half a display period). Never
  // goes back. Null before the first frame has come.
  const TimedFrame* frame_at(MonotonicTime at, std::chrono::nanoseconds tolerance);

  // When its time is over; empty while that is not known.
  std::optional<MonotonicTime> end() const;

  // When it will probably be over, by what its file says; empty when it says nothing.
  std::optional<MonotonicTime> expected_end() const;

  // When the next frame is due: in the past when it should be there and is not;
  // empty when none will come.
  std::optional<MonotonicTime> next_frame_due();

  // How long ago the newest frame's time was over although the source goes on.
  std::chrono::nanoseconds starved(MonotonicTime at) const;

  // A still whose turn comes again right after itself.
  void begin_again(MonotonicTime at) { start_ = at; }

  const FrameCounters& counters() const { return counters_; }

 private:
  void look_ahead();
  void take_next();
  void rebase_if_hopeless(MonotonicTime at);

  const std::shared_ptr<PreparedItem> item_;
  const ItemLength length_;
  std::optional<MonotonicTime> start_;
  std::optional<TimedFrame> current_, next_;
  bool current_was_shown_ = false;
  FrameCounters counters_;
};

}  // namespace conglang::player
