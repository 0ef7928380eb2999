// A picture that does not move: a photograph or a finished card.
#pragma once

#include <functional>
#include <utility>

#include "player/playback/playable.h"

namespace conglang::player {

class StillPlayable final : public Playable {
 public:
  // `make` is called once, on the worker.
  explicit StillPlayable(std::function<Result<FramePtr>()> make) : make_(std::move(make)) {}

  Result<PlayableFacts> open() override {
    auto frame = make_();
    if (!frame) return frame.error();
    frame_ = std::move(*frame);
    return PlayableFacts{true, false, std::nullopt};
  }

  Result<std::optional<TimedFrame>> next_frame() override {
    if (!frame_) return std::optional<TimedFrame>{};
    return std::optional<TimedFrame>{TimedFrame{std::exchange(frame_, nullptr), {}, {}, 0}};
  }

  Result<std::optional<SoundBlock>> next_sound() override {
    return std::optional<SoundBlock>{};
  }

 private:
  const std::function<Result<FramePtr>()> make_;
  FramePtr frame_;
};

}  // namespace conglang::player
