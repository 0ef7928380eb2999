// Items made of nothing: so many frames at such a rate, or a fault at a stated place.
#pragma once

#include <optional>

#include "player/playback/playable.h"

namespace conglang::player {

struct FakeVideo {
  std::int64_t frames = 30;
  int frames_per_second = 30;
  std::optional<Error> open_fault;
  std::optional<std::int64_t> fault_at_frame;
  bool still = false;
};

class FakePlayable final : public Playable {
 public:
  explicit FakePlayable(FakeVideo video) : video_(std::move(video)) {}

  Result<PlayableFacts> open() override {
    if (video_.open_fault) return *video_.open_fault;
    if (video_.still) return PlayableFacts{true, false, std::nullopt};
    return PlayableFacts{false, false, pts(video_.frames)};
  }

  Result<std::optional<TimedFrame>> next_frame() override {
    if (video_.fault_at_frame == next_) {
      return Error{ErrorKind::malformed, "fake: broken at frame " + std::to_string(next_)};
    }
    if (next_ == (video_.still ? 1 : video_.frames)) return std::optional<TimedFrame>{};
    const std::int64_t number = next_++;
    return std::optional<TimedFrame>{
        TimedFrame{make_bgra_frame({4, 4}, PixelLayout::bgrx).frame, pts(number),
                   pts(number + 1) - pts(number), number}};
  }

  Result<std::optional<SoundBlock>> next_sound() override {
    return std::optional<SoundBlock>{};
  }

 private:
  std::chrono::nanoseconds pts(std::int64_t frame) const {
    return std::chrono::nanoseconds{std::chrono::seconds{frame}} / video_.frames_per_second;
  }

  const FakeVideo video_;
  std::int64_t next_ = 0;
};

}  // namespace conglang::player
