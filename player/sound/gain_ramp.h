// How loud, at each moment.
#pragma once

#include <chrono>
#include <cstdint>

#include "playlists/base/time.h"

namespace conglang::player {

// To `to` within `duration`, beginning at `at`.
struct Fade {
  MonotonicTime at;
  std::chrono::nanoseconds duration{};
  double to = 1;  // 0 to 1
};

// Pure: the gain between two levels after the part `progress` (0 to 1) of a fade. A rise
// and a fall over the same time add up to constant power.
double faded(double from, double to, double progress);

// Threads: the mixing thread.
class GainRamp {
 public:
  explicit GainRamp(double gain) : from_(gain), to_(gain), now_(gain) {}

  // A fade shorter than 5 ms is made 5 ms long: a step would be heard as a click.
  void begin(const Fade& fade);

  double at(MonotonicTime time);
  double now() const { return now_; }

 private:
  MonotonicTime begins_;
  std::chrono::nanoseconds duration_{1};
  double from_, to_, now_;
};

// Lets sound go and come back within a fixed number of samples.
class DeclickRamp {
 public:
  // Fully present at first: the start of a recording is not ours to soften.
  explicit DeclickRamp(int frames) : step_(1.0F / static_cast<float>(frames)) {}

  // One sample further towards 1 (present) or 0.
  float next(bool present);
  bool silent() const { return level_ <= 0; }
  void silence() { level_ = 0; }

 private:
  float step_, level_ = 1;
};

}  // namespace conglang::player
