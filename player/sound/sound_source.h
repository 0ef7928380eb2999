// The sound of one item: filled by who decodes it, heard through the mixer.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <span>

#include "player/handoff/sample_ring.h"
#include "player/sound/gain_ramp.h"
#include "player/sound/latest_value.h"
#include "player/sound/sync_correction.h"
#include "playlists/base/time.h"

namespace conglang::player {

struct SoundCounters {
  std::uint64_t heard = 0;    // stereo frames mixed
  std::uint64_t missing = 0;  // stereo frames of silence because nothing was decoded
  std::uint64_t resyncs = 0;  // jumps because sound and timeline were 100 ms apart
};

// Three parties share one, each with its own calls; none waits for another.
// Underflow is silence, faded in and out within 2 ms; the sound that comes too late is
// skipped, so that lips and words stay together.
class SoundSource {
 public:
  // Bounded by 400 ms of sound: survives a late decoder, small enough to switch quickly.
  explicit SoundSource(double gain = 1,
                       std::chrono::milliseconds capacity = std::chrono::milliseconds{400});

  // --- the decoding thread ---

  std::size_t free_samples() const { return ring_.writable() * 2; }
  // Left, right, left, ... at 48 kHz; the first sample is the one heard at the start
  // time. Returns how many samples were taken, always an even number.
  std::size_t write(std::span<const float> samples) { return ring_.write(samples); }
  // Nothing more will come.
  void end() { ended_.store(true, std::memory_order_release); }

  // --- the render thread ---

  // May be called again: the sound then follows the moved timeline.
  void start_at(MonotonicTime at);
  // Equal power against an opposite fade at the same time. A newer fade replaces an
  // older one and begins at the gain reached then.
  void fade(const Fade& fade);
  // Silent within 10 ms, then finished; what was not heard is dropped.
  void stop();

  // --- any thread ---

  // Nothing of it will be heard any more.
  bool finished() const { return finished_.load(std::memory_order_acquire); }
  SoundCounters counters() const;

  // --- the mixing thread ---

  // Adds to `out` (stereo frames), whose first one is heard at `heard_at`.
  void mix_into(std::span<StereoFrame> out, MonotonicTime heard_at);

 private:
  enum class Phase { playing, leaving, jumping };

  std::span<StereoFrame> from_start(std::span<StereoFrame> out, MonotonicTime& heard_at);
  void follow_timeline(MonotonicTime heard_at, MonotonicTime start, std::size_t frames);
  StereoFrame next_frame(double rate);
  void advance(double rate);
  void pay_debt();
  void jump();

  SampleRing ring_;
  LatestValue<Fade> new_fade_;
  std::atomic<std::int64_t> start_ns_;
  std::atomic<bool> ended_{false}, stop_asked_{false}, finished_{false};
  std::atomic<std::uint64_t> heard_{0}, missing_{0}, resyncs_{0};

  // Touched by the mixing thread alone.
  GainRamp gain_;
  DeclickRamp presence_;  // 1 while there is sound to play
  SyncCorrection correction_;
  double fraction_ = 0;        // between the ring's next frame and the one after
  std::int64_t position_ = 0;  // stereo frames of the source that are over, heard or not
  std::int64_t debt_ = 0;      // of them not yet taken out of the ring
  Phase phase_ = Phase::playing;
  StereoFrame last_;
};

}  // namespace conglang::player
