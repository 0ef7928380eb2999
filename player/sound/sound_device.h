// The loudspeaker: opened once, at 48 kHz stereo, and held.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "player/sound/mixer.h"
#include "playlists/base/clock.h"
#include "playlists/base/result.h"

namespace conglang::player {

struct SoundDeviceFacts {
  bool open = false;
  std::string driver;          // "alsa", "pulseaudio", "dummy", ...
  int losses = 0;              // how often it went away
  std::optional<Error> error;  // why there is no sound now
};

// Without a device the mixer is emptied in real time by poll() and nothing is heard:
// sources start, end and retire as if there were one.
//
// Threads: all calls from one control thread; the device's own thread calls the mixer.
// Requires: the mixer and the clock outlive it.
class SoundDevice {
 public:
  SoundDevice(Mixer& mixer, const Clock& clock);
  ~SoundDevice();
  SoundDevice(const SoundDevice&) = delete;
  SoundDevice& operator=(const SoundDevice&) = delete;

  // May take a tenth of a second. Not calling it (or failing) is allowed: the show goes
  // on in silence, and after a failure poll() tries again after 1, 2, 4 ... 60 s.
  // Fails: missing when there is no device or it does not take our format.
  Status open();

  // Call it at each picture, or once a second: notices a lost device, opens it again
  // when due, plays into nothing meanwhile, and collects what is finished.
  void poll();

  SoundDeviceFacts facts() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace conglang::player
