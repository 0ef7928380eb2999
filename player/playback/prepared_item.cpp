#include "player/playback/prepared_item.h"

#include <span>
#include <utility>

namespace conglang::player {

PreparedItem::PreparedItem(std::unique_ptr<Playable> playable,
                           std::shared_ptr<SoundSource> sound, std::function<void()> progressed,
                           Priming priming)
    : playable_(std::move(playable)),
      sound_(std::move(sound)),
      progressed_(std::move(progressed)),
      priming_(priming) {}

bool PreparedItem::apply(ItemEvent event) {
  const MutexLock lock(mutex_);
  if (!life_.apply(event)) return false;
  progress_.state = life_.state();
  return true;
}

bool PreparedItem::over() const {
  const MutexLock lock(mutex_);
  return life_.over();
}

void PreparedItem::fail(const Error& error) {
  {
    const MutexLock lock(mutex_);
    if (!life_.apply(ItemEvent::fault)) return;
    progress_.state = life_.state();
    progress_.error = error;
  }
  progressed_();
}

PreparedItem::Step PreparedItem::open() {
  opened_ = true;
  if (!apply(ItemEvent::open)) return Step::finished;
  const auto facts = playable_->open();
  if (!facts) {
    fail(facts.error());
    return Step::worked;
  }
  sound_ended_ = sound_ == nullptr || !facts->has_sound;
  {
    const MutexLock lock(mutex_);
    progress_.facts = *facts;
  }
  apply(ItemEvent::opened);
  return Step::worked;
}

// True when something was done.
bool PreparedItem::decode_sound() {
  if (sound_ended_) return false;
  if (sound_written_ == sound_in_hand_.size()) {
    if (sound_->free_samples() == 0) return false;
    auto block = playable_->next_sound();
    if (!block) {
      fail(block.error());
      return true;
    }
    if (!block->has_value()) {
      sound_ended_ = true;
      sound_->end();
      return true;
    }
    sound_in_hand_ = std::move((*block)->samples);
    sound_written_ = 0;
  }
  const std::size_t written = sound_->write(std::span(sound_in_hand_).subspan(sound_written_));
  sound_written_ += written;
  return written > 0;
}

bool PreparedItem::has_room() const {
  return frames_.size() < (started_.load() ? kFrameCapacity : kPrimedFrames);
}

bool PreparedItem::decode_frame() {
  if (frames_ended_ || !has_room()) return false;
  auto frame = playable_->next_frame();
  if (!frame) {
    fail(frame.error());
  } else if (frame->has_value()) {
    frames_.try_push(std::move(**frame));  // this worker is the only one that fills it
  } else {
    frames_ended_ = true;
  }
  return true;
}

// Ready means: whatever may come next from the disk, the first pictures are here.
void PreparedItem::note_primed() {
  const std::size_t enough = priming_ == Priming::full ? kPrimedFrames : 1;
  if (primed_ || (!frames_ended_ && frames_.size() < enough)) return;
  primed_ = true;
  apply(ItemEvent::primed);
  progressed_();
}

PreparedItem::Step PreparedItem::step() {
  if (over()) {
    playable_.reset();
    return Step::finished;
  }
  if (!opened_) return open();
  {
    const MutexLock lock(mutex_);
    room_made_ = false;
  }
  const bool had_ended = frames_ended_;
  const bool heard = decode_sound();
  const bool worked = decode_frame() || heard;
  note_primed();
  if (frames_ended_ && !had_ended && !over()) {
    apply(ItemEvent::source_ended);
    {
      const MutexLock lock(mutex_);
      progress_.source_ended = true;
    }
    progressed_();
  }
  if (frames_ended_ && sound_ended_) {
    playable_.reset();
    return Step::finished;
  }
  return worked ? Step::worked : Step::waiting;
}

void PreparedItem::wait_for_room(std::stop_token stop, std::chrono::milliseconds limit) {
  const MutexLock lock(mutex_);
  if (!room_made_ && !life_.over()) changed_.wait(mutex_, std::move(stop), limit);
}

PreparedProgress PreparedItem::progress() const {
  const MutexLock lock(mutex_);
  return progress_;
}

std::optional<TimedFrame> PreparedItem::take_frame() {
  auto frame = frames_.try_pop();
  // The worker is woken for two frames at a time: half the changes of context.
  if (frame && frames_.size() <= kFrameCapacity / 2) {
    {
      const MutexLock lock(mutex_);
      room_made_ = true;
    }
    changed_.wake_all();
  }
  return frame;
}

bool PreparedItem::start() {
  if (!apply(ItemEvent::start)) return false;
  started_ = true;
  changed_.wake_all();
  return true;
}

void PreparedItem::time_over() {
  apply(ItemEvent::time_over);
  abandon();
}

void PreparedItem::abandon() {
  apply(ItemEvent::abandon);
  changed_.wake_all();
}

}  // namespace conglang::player
