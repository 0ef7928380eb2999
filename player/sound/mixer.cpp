#include "player/sound/mixer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace conglang::player {
namespace {

// Below it nothing is touched; the rest of the way to full scale is bent.
constexpr float kKnee = 0.9F;

float limited(float sample) {
  const float size = std::fabs(sample);
  if (size <= kKnee) return sample;
  constexpr float kRoom = 1 - kKnee;
  return std::copysign(kKnee + kRoom * std::tanh((size - kKnee) / kRoom), sample);
}

// A whole turn of the volume takes this many frames: 20 ms, too slow for a click.
constexpr float kWholeTurn = 960;

}  // namespace

// A square comes near to what ears call half as loud, and reaches silence (chosen by ear).
float gain_at_volume(int percent) {
  const float share = static_cast<float>(std::clamp(percent, 0, 100)) / 100;
  return share * share;
}

Status Mixer::add(std::shared_ptr<SoundSource> source) {
  const auto free = std::find_if(slots_.begin(), slots_.end(),
                                 [](const Slot& slot) { return slot.owner == nullptr; });
  if (free == slots_.end()) {
    return Error{ErrorKind::conflict,
                 "mixer: all " + std::to_string(kMixerSlots) + " places are taken"};
  }
  free->owner = std::move(source);
  free->playing.store(free->owner.get(), std::memory_order_release);
  return {};
}

void Mixer::collect() {
  for (Slot& slot : slots_) {
    if (slot.owner == nullptr) continue;
    if (slot.playing.load(std::memory_order_acquire) == nullptr) {
      slot.owner.reset();
    } else if (slot.owner.use_count() == 1) {
      slot.owner->stop();
    }
  }
}

std::size_t Mixer::held() const {
  return static_cast<std::size_t>(std::count_if(
      slots_.begin(), slots_.end(), [](const Slot& slot) { return slot.owner != nullptr; }));
}

void Mixer::mix(std::span<StereoFrame> out, MonotonicTime heard_at) {
  std::fill(out.begin(), out.end(), StereoFrame{});
  bool anything = false;
  for (Slot& slot : slots_) {
    SoundSource* source = slot.playing.load(std::memory_order_acquire);
    if (source == nullptr) continue;
    anything = true;
    source->mix_into(out, heard_at);
    if (source->finished()) slot.playing.store(nullptr, std::memory_order_release);
  }
  if (!anything) {
    gain_ = wanted_gain_.load(std::memory_order_relaxed);
    return;
  }
  for (StereoFrame& frame : out) frame = {limited(frame.left), limited(frame.right)};
  turn_volume(out);
}

void Mixer::turn_volume(std::span<StereoFrame> out) {
  const float wanted = wanted_gain_.load(std::memory_order_relaxed);
  for (StereoFrame& frame : out) {
    gain_ += std::clamp(wanted - gain_, -1 / kWholeTurn, 1 / kWholeTurn);
    frame = {frame.left * gain_, frame.right * gain_};
  }
}

}  // namespace conglang::player
