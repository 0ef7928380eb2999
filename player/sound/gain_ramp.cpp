#include "player/sound/gain_ramp.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace conglang::player {
namespace {

constexpr std::chrono::milliseconds kShortestFade{5};

}  // namespace

double faded(double from, double to, double progress) {
  const double angle = std::clamp(progress, 0.0, 1.0) * std::numbers::pi / 2;
  if (to >= from) return from + (to - from) * std::sin(angle);
  return to + (from - to) * std::cos(angle);
}

void GainRamp::begin(const Fade& fade) {
  from_ = now_;
  to_ = std::clamp(fade.to, 0.0, 1.0);
  begins_ = fade.at;
  duration_ = std::max<std::chrono::nanoseconds>(fade.duration, kShortestFade);
}

double GainRamp::at(MonotonicTime time) {
  if (now_ == to_ || time <= begins_) return now_;
  const auto passed = time - begins_;
  now_ =
      passed >= duration_
          ? to_
          : faded(from_, to_,
                  static_cast<double>(passed.count()) / static_cast<double>(duration_.count()));
  return now_;
}

float DeclickRamp::next(bool present) {
  level_ = std::clamp(level_ + (present ? step_ : -step_), 0.0F, 1.0F);
  return level_;
}

}  // namespace conglang::player
