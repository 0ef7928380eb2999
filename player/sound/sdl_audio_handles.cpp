#include "player/sound/sdl_audio_handles.h"

#include <SDL.h>

#include "player/handoff/sample_ring.h"

namespace conglang::player {
namespace {

// 21 ms: 47 wake-ups a second, and a switch of items is heard within two pictures.
constexpr Uint16 kBufferFrames = 1024;

}  // namespace

Result<SdlAudioDevice> SdlAudioDevice::open(SDL_AudioCallback callback, void* user) {
  if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) {
    return Error{ErrorKind::missing, std::string("sound device: ") + SDL_GetError()};
  }
  SDL_AudioSpec wanted{};
  wanted.freq = kSoundRate;
  wanted.format = AUDIO_F32SYS;
  wanted.channels = 2;
  wanted.samples = kBufferFrames;
  wanted.callback = callback;
  wanted.userdata = user;
  // No change allowed: SDL converts where the device wants something else.
  const SDL_AudioDeviceID id = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
  if (id == 0) {
    Error error{ErrorKind::missing, std::string("sound device: ") + SDL_GetError()};
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    return error;
  }
  SDL_PauseAudioDevice(id, 0);
  return SdlAudioDevice(id);
}

SdlAudioDevice::~SdlAudioDevice() {
  if (id_ == 0) return;
  SDL_CloseAudioDevice(id_);
  SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

bool SdlAudioDevice::lost() const { return SDL_GetAudioDeviceStatus(id_) == SDL_AUDIO_STOPPED; }

std::string SdlAudioDevice::driver() const {
  const char* name = SDL_GetCurrentAudioDriver();
  return name != nullptr ? name : "";
}

}  // namespace conglang::player
