// One item between the worker that decodes it and the render thread that shows it.
//
// The worker calls step() until it says `finished`; the render thread asks for the
// progress and takes frames. Bounded: the worker decodes a frame only when the queue has
// room for it, holds at most one block of sound beyond the ring, and waits otherwise.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "player/handoff/bounded_queue.h"
#include "player/playback/item_state.h"
#include "player/playback/playable.h"
#include "player/sound/sound_source.h"
#include "playlists/base/result.h"

namespace conglang::player {

// With the one that the timeline looks ahead at, four frames bridge a late decoder of 130 ms
// at 30 pictures a second; each is 3.1 MB at full HD.
constexpr std::size_t kFrameCapacity = 3;
// Before its turn an item has fewer: they wait in memory for seconds.
constexpr std::size_t kPrimedFrames = 2;

// How much has to be there before an item counts as ready.
enum class Priming {
  full,         // another item is on the glass meanwhile
  first_frame,  // nothing is: the first picture is worth more than the fourth
};

struct PreparedProgress {
  ItemState state = ItemState::idle;
  std::optional<PlayableFacts> facts;
  std::optional<Error> error;  // with state failed
  bool source_ended = false;   // every frame is in the queue or taken
};

class PreparedItem {
 public:
  enum class Step { worked, waiting, finished };

  // `sound` may be null: the item's sound is then not decoded. `progressed` is called
  // by the worker, without a lock, when the render thread may want to look.
  PreparedItem(std::unique_ptr<Playable> playable, std::shared_ptr<SoundSource> sound,
               std::function<void()> progressed, Priming priming = Priming::full);

  // --- the worker ---

  // Does one piece of work: opens, decodes one frame or one block of sound, or closes.
  Step step();

  // Whether the next step may decode a frame.
  bool has_room() const;

  // Waits until there is room again, at most `limit`.
  void wait_for_room(std::stop_token stop, std::chrono::milliseconds limit);

  // --- the render thread ---

  PreparedProgress progress() const;
  std::optional<TimedFrame> take_frame();
  std::size_t queued_frames() const { return frames_.size(); }
  bool start();      // false unless it was ready
  void time_over();  // its time is up
  void abandon();    // it is not wanted any more; the worker closes it
  const std::shared_ptr<SoundSource>& sound() const { return sound_; }

 private:
  Step open();
  bool decode_frame();
  bool decode_sound();
  void fail(const Error& error);
  void note_primed();
  bool apply(ItemEvent event);
  bool over() const;

  // Touched by the worker alone.
  std::unique_ptr<Playable> playable_;
  std::vector<float> sound_in_hand_;
  std::size_t sound_written_ = 0;  // of sound_in_hand_
  bool opened_ = false, frames_ended_ = false, sound_ended_ = false, primed_ = false;

  const std::shared_ptr<SoundSource> sound_;
  const std::function<void()> progressed_;
  const Priming priming_;
  std::atomic<bool> started_ = false;
  BoundedQueue<TimedFrame> frames_{kFrameCapacity};

  mutable Mutex mutex_;
  Signal changed_;
  ItemLife life_ CONGLANG_GUARDED_BY(mutex_);
  PreparedProgress progress_ CONGLANG_GUARDED_BY(mutex_);
  bool room_made_ CONGLANG_GUARDED_BY(mutex_) = false;
};

}  // namespace conglang::player
