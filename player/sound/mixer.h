// Adds up what the sources give, for whoever plays it.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <span>

#include "player/sound/sound_source.h"
#include "playlists/base/result.h"

namespace conglang::player {

// Two items in a crossfade, two that are fading away, a touch page's, and room to spare.
constexpr std::size_t kMixerSlots = 8;

// The gain of a volume in percent: as ears judge it, so that 50 is about half as loud.
// Requires: 0 to 100.
float gain_at_volume(int percent);

// Threads: add() and collect() from one control thread, mix() from one mixing thread,
// set_gain() from any.
// mix() takes no lock and no memory and frees none.
// Owns: the sources until collect() finds them finished.
class Mixer {
 public:
  // Fails: conflict when every slot is taken. The source then stays unheard.
  Status add(std::shared_ptr<SoundSource> source);

  // Lets go of finished sources, and stops those that nobody else holds any more.
  void collect();

  std::size_t held() const;

  // How loud everything is, from 0 to 1. What sounds goes there within 20 ms, without a click.
  void set_gain(float gain) { wanted_gain_.store(gain, std::memory_order_relaxed); }

  // Overwrites `out`, whose first frame is heard at `heard_at`. Louder than full scale
  // is bent, not cut.
  void mix(std::span<StereoFrame> out, MonotonicTime heard_at);

 private:
  void turn_volume(std::span<StereoFrame> out);

  struct Slot {
    std::shared_ptr<SoundSource> owner;          // the control thread's
    std::atomic<SoundSource*> playing{nullptr};  // set by control, cleared by mixing
  };
  std::array<Slot, kMixerSlots> slots_;
  std::atomic<float> wanted_gain_ = 1;
  float gain_ = 1;  // of the last frame; the mixing thread's
};

}  // namespace conglang::player
