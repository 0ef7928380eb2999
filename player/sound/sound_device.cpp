#include "player/sound/sound_device.h"

#include <algorithm>
#include <array>

#include "player/sound/device_timeline.h"
#include "player/sound/sdl_audio_handles.h"

namespace conglang::player {
namespace {

using std::chrono::nanoseconds;

constexpr std::chrono::seconds kFirstRetry{1}, kLongestRetry{60};
// Played into nothing at once; after a longer pause nobody wants the rest.
constexpr std::chrono::seconds kMaxBacklog{1};
constexpr std::size_t kSilentFrames = kSoundRate / 100;
constexpr nanoseconds kSilentBlock{10'000'000};

}  // namespace

struct SoundDevice::Parts {
  Mixer& mixer;
  const Clock& clock;
  SoundDeviceFacts facts;
  std::chrono::seconds retry_after = kFirstRetry;
  std::optional<MonotonicTime> retry_at;      // when a failed or lost device is due again
  std::optional<MonotonicTime> silent_until;  // what was played into nothing so far
  DeviceTimeline timeline;                    // the device's thread's while it is open
  std::optional<SdlAudioDevice> device;       // last: its thread uses what stands above

  static void on_wanted(void* self, Uint8* bytes, int length);
  Status open();
  void play_into_nothing(MonotonicTime now);
};

void SoundDevice::Parts::on_wanted(void* self, Uint8* bytes, int length) {
  auto* parts = static_cast<Parts*>(self);
  const std::span<StereoFrame> out(reinterpret_cast<StereoFrame*>(bytes),
                                   static_cast<std::size_t>(length) / sizeof(StereoFrame));
  parts->mixer.mix(out, parts->timeline.next(parts->clock.monotonic(), out.size()));
}

Status SoundDevice::Parts::open() {
  timeline = {};
  auto opened = SdlAudioDevice::open(&on_wanted, this);
  if (!opened) {
    facts.error = opened.error();
    retry_at = clock.monotonic() + retry_after;
    retry_after = std::min(retry_after * 2, kLongestRetry);
    return opened.error();
  }
  device.emplace(std::move(*opened));
  facts.open = true;
  facts.driver = device->driver();
  facts.error.reset();
  retry_at.reset();
  retry_after = kFirstRetry;
  silent_until.reset();
  return {};
}

void SoundDevice::Parts::play_into_nothing(MonotonicTime now) {
  if (!silent_until || now - *silent_until > kMaxBacklog) silent_until = now;
  std::array<StereoFrame, kSilentFrames> nothing;
  for (; *silent_until < now; *silent_until += kSilentBlock) mixer.mix(nothing, *silent_until);
}

SoundDevice::SoundDevice(Mixer& mixer, const Clock& clock)
    : parts_(new Parts{mixer, clock, {}, kFirstRetry, {}, {}, {}, {}}) {}

SoundDevice::~SoundDevice() = default;

Status SoundDevice::open() {
  if (parts_->device) return {};
  return parts_->open();
}

void SoundDevice::poll() {
  const MonotonicTime now = parts_->clock.monotonic();
  if (parts_->device && parts_->device->lost()) {
    parts_->device.reset();
    parts_->facts.open = false;
    parts_->facts.error = Error{ErrorKind::missing, "sound device: it went away"};
    ++parts_->facts.losses;
    parts_->retry_at = now + parts_->retry_after;
  }
  if (!parts_->device && parts_->retry_at && now >= *parts_->retry_at) {
    static_cast<void>(parts_->open());  // facts() tells
  }
  if (!parts_->device) parts_->play_into_nothing(now);
  parts_->mixer.collect();
}

SoundDeviceFacts SoundDevice::facts() const { return parts_->facts; }

}  // namespace conglang::player
