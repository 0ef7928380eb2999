// What a preparation pulls on: one item's pictures and sound, whatever they come from.
#pragma once

#include <chrono>
#include <optional>

#include "player/media/video_reader.h"
#include "playlists/base/result.h"

namespace conglang::player {

struct PlayableFacts {
  bool is_still = false;  // one frame, shown until it is over
  bool has_sound = false;
  std::optional<std::chrono::nanoseconds> duration;  // of a video, as its file says
};

// Threads: one worker from open() to destruction.
class Playable {
 public:
  virtual ~Playable() = default;

  // Checks and opens; called once, first. May take long.
  virtual Result<PlayableFacts> open() = 0;

  // Empty at the end. A still has one frame.
  virtual Result<std::optional<TimedFrame>> next_frame() = 0;
  virtual Result<std::optional<SoundBlock>> next_sound() = 0;
};

}  // namespace conglang::player
