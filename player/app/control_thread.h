// The control thread: everything slow that is neither decoding nor drawing.
//
// Fed by the render thread (sounds, play records, pictures to keep). It owns the sound
// device, writes the play log and the pictures, and takes the signals that end the
// player. It never touches the window.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <stop_token>

#include "player/app/picture_writer.h"
#include "player/handoff/bounded_queue.h"
#include "player/report/event.h"
#include "player/report/play_log.h"
#include "player/sound/mixer.h"
#include "player/sound/sound_device.h"
#include "playlists/base/clock.h"

namespace conglang::player {

// Sounds on their way to the mixer. When full, an item stays silent.
using SoundQueue = BoundedQueue<std::shared_ptr<SoundSource>>;
constexpr std::size_t kSoundQueueCapacity = 8;

struct ControlParts {
  const Clock& clock;
  Mixer& mixer;
  SoundDevice* device = nullptr;  // null: muted
  PlayLog& log;
  SoundQueue& sounds;
  CaptureQueue& captures;
  std::function<void(const Event&)> tell;
  std::function<void()> end_show;      // a signal came
  std::function<void()> keep_strikes;  // those that have changed
};

// SIGINT and SIGTERM are held back from all threads and wait for the control thread.
// Call it before the first thread is started.
void hold_back_signals();

// Returns after `stop` was asked for, with everything written.
void run_control(const ControlParts& parts, std::stop_token stop);

}  // namespace conglang::player
