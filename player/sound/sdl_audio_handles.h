// Owning handles for SDL's audio.
#pragma once

#include <SDL_audio.h>

#include <string>
#include <utility>

#include "playlists/base/result.h"

namespace conglang::player {

// SDL's audio subsystem and one open device in it.
class SdlAudioDevice {
 public:
  // Stereo float at kSoundRate, already running.
  // Fails: missing.
  static Result<SdlAudioDevice> open(SDL_AudioCallback callback, void* user);

  SdlAudioDevice(SdlAudioDevice&& other) noexcept : id_(std::exchange(other.id_, 0)) {}
  SdlAudioDevice& operator=(SdlAudioDevice&&) = delete;
  // Waits until the callback is over.
  ~SdlAudioDevice();

  bool lost() const;
  std::string driver() const;

 private:
  explicit SdlAudioDevice(SDL_AudioDeviceID id) : id_(id) {}
  SDL_AudioDeviceID id_;
};

}  // namespace conglang::player
