// How much faster or slower sound must run to stay with the pictures.
#pragma once

#include <chrono>

namespace conglang::player {

// Never heard as a change of pitch (mpv's default for the same purpose).
constexpr double kMaxCorrection = 0.00125;

// Beyond this, bending would take minutes: jump instead.
constexpr std::chrono::milliseconds kJumpBeyond{100};

// Pure: the speed (1 = as recorded) for sound that is `ahead` of the timeline. Meant to
// bring it back in 10 s; as recorded while less than 1 ms apart.
double corrected_speed(std::chrono::nanoseconds ahead);

// Smooths the measured error over about 1 s before it is acted on.
//
// Threads: the mixing thread.
class SyncCorrection {
 public:
  // `ahead`: as measured now; `passed`: since the measurement before.
  void measure(std::chrono::nanoseconds ahead, std::chrono::nanoseconds passed);

  bool must_jump() const;
  double speed() const { return corrected_speed(smoothed_); }
  std::chrono::nanoseconds latest() const { return latest_; }
  void forget();  // after a jump

 private:
  std::chrono::nanoseconds smoothed_{}, latest_{};
};

}  // namespace conglang::player
