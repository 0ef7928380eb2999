// The sound of one item: filled by who decodes it, heard through the mixer.
#pragma once

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
  std::uint64_t heard = 0;    // stereo frames taken from the ring and mixed
  std::uint64_t missing = 0;  // stereo frames of silence because nothing was decoded
  std::uint64_t resyncs = 0;  // jumps because sound and timeline were 100 ms apart
};

// Three parties share one, each with its own calls; none waits for another.
// Underflow is silence, faded in and out within 10 ms; the sound that comes too late is
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
  // older one and begins at the gain reached when it arrives.
  void fade(const Fade& fade) { new_fade_.put(fade); }
  // Silent within 10 ms, then finished; what was not heard is dropped.
  void stop() { stop_asked_.store(true, std::memory_order_release); }

  // --- any thread ---

  // Nothing of it will be heard any more.
  bool finished() const { return finished_.load(std::memory_order_acquire); }
  SoundCounters counters() const;

  // --- the mixing thread ---

  // How far the sound was ahead of the timeline when it was last mixed.
  std::chrono::nanoseconds distance() const { return correction_.latest(); }

  // Adds to `out`, whose first frame is heard at `heard_at`.
  void mix_into(std::span<StereoFrame> out, MonotonicTime heard_at);

 private:
  enum class Phase { waiting, playing, jumping, leaving };

  bool begin(std::span<StereoFrame>& out, MonotonicTime& heard_at, MonotonicTime start);
  void measure(std::size_t frames, MonotonicTime heard_at, MonotonicTime start);
  void play(std::span<StereoFrame> out, MonotonicTime heard_at, MonotonicTime start);
  void jump_to(std::int64_t position);
  bool take_next();
  void advance();
  void finish() { finished_.store(true, std::memory_order_release); }

  SampleRing ring_;
  LatestValue<Fade> new_fade_;
  std::atomic<std::int64_t> start_ns_;
  std::atomic<bool> ended_{false}, stop_asked_{false}, finished_{false};
  std::atomic<std::uint64_t> heard_{0}, missing_{0}, resyncs_{0};

  // Touched by the mixing thread alone. Positions count stereo frames of the source.
  GainRamp gain_;
  DeclickRamp presence_;
  SyncCorrection correction_;
  Phase phase_ = Phase::waiting;
  std::int64_t position_ = 0;  // the next one that is due, taken out of the ring or not
  double fraction_ = 0;        // how far between it and the one after
  std::int64_t owed_ = 0;      // due before position_ and still to be taken out
  std::int64_t early_ = 0;     // frames of silence until position_ is due again
  StereoFrame last_;
};

}  // namespace conglang::player
