#include "player/sound/sound_source.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace conglang::player {
namespace {

using std::chrono::nanoseconds;

constexpr std::int64_t kNotStarted = std::numeric_limits<std::int64_t>::min();
constexpr int kDeclickFrames = kSoundRate / 100;

// To the nearest, for negative times too.
std::int64_t frames_in(nanoseconds time) {
  return static_cast<std::int64_t>(
      std::floor(static_cast<double>(time.count()) * kSoundRate / 1e9 + 0.5));
}

nanoseconds time_of(std::int64_t frames) {
  return nanoseconds(frames * 1'000'000'000 / kSoundRate);
}

StereoFrame between(const StereoFrame& a, const StereoFrame& b, double part) {
  const auto share = static_cast<float>(part);
  return {a.left + (b.left - a.left) * share, a.right + (b.right - a.right) * share};
}

}  // namespace

SoundSource::SoundSource(double gain, std::chrono::milliseconds capacity)
    : ring_(static_cast<std::size_t>(std::max<std::int64_t>(frames_in(capacity), 1))),
      start_ns_(kNotStarted),
      gain_(gain),
      presence_(kDeclickFrames) {}

void SoundSource::start_at(MonotonicTime at) {
  start_ns_.store(at.time_since_epoch().count(), std::memory_order_release);
}

SoundCounters SoundSource::counters() const {
  return {heard_.load(std::memory_order_relaxed), missing_.load(std::memory_order_relaxed),
          resyncs_.load(std::memory_order_relaxed)};
}

void SoundSource::mix_into(std::span<StereoFrame> out, MonotonicTime heard_at) {
  if (finished()) return;
  if (const auto fade = new_fade_.take()) gain_.begin(*fade);
  const std::int64_t start_ns = start_ns_.load(std::memory_order_acquire);
  const bool stopping = stop_asked_.load(std::memory_order_acquire);
  if (stopping && phase_ == Phase::waiting) return finish();
  if (start_ns == kNotStarted) return;
  const MonotonicTime start{nanoseconds(start_ns)};
  if (phase_ == Phase::waiting && !begin(out, heard_at, start)) return;
  if (stopping) phase_ = Phase::leaving;
  measure(out.size(), heard_at, start);
  play(out, heard_at, start);
}

// False while the start lies behind `out`; else `out` is cut to begin with the start.
bool SoundSource::begin(std::span<StereoFrame>& out, MonotonicTime& heard_at,
                        MonotonicTime start) {
  const std::int64_t before = frames_in(start - heard_at);
  if (before >= static_cast<std::int64_t>(out.size())) return false;
  if (before > 0) {
    out = out.subspan(static_cast<std::size_t>(before));
    heard_at += time_of(before);
  } else {
    position_ = owed_ = -before;  // too late for its beginning
  }
  phase_ = Phase::playing;
  return true;
}

void SoundSource::measure(std::size_t frames, MonotonicTime heard_at, MonotonicTime start) {
  const double position = static_cast<double>(position_ - early_) + fraction_;
  const nanoseconds played(std::llround(position * 1e9 / kSoundRate));
  correction_.measure(played - (heard_at - start), time_of(static_cast<std::int64_t>(frames)));
  if (phase_ != Phase::playing || !correction_.must_jump()) return;
  phase_ = Phase::jumping;
  resyncs_.fetch_add(1, std::memory_order_relaxed);
}

void SoundSource::jump_to(std::int64_t position) {
  // What was heard already cannot be heard again: wait in silence for it to be over.
  early_ = std::max<std::int64_t>(position_ - position, 0);
  owed_ += std::max<std::int64_t>(position - position_, 0);
  position_ = std::max(position_, position);
  fraction_ = 0;
  correction_.forget();
  phase_ = Phase::playing;
}

// One step of the source towards the next frame of output.
void SoundSource::advance() {
  fraction_ += correction_.speed();
  const double whole = std::floor(fraction_);
  fraction_ -= whole;
  position_ += static_cast<std::int64_t>(whole);
  owed_ += static_cast<std::int64_t>(whole);
}

// Puts what is to be heard next into last_; false when it is not there.
bool SoundSource::take_next() {
  const std::size_t readable = ring_.readable();
  const auto paid = std::min(owed_, static_cast<std::int64_t>(readable));
  if (paid > 0) ring_.skip(static_cast<std::size_t>(paid));
  owed_ -= paid;
  const std::size_t left = readable - static_cast<std::size_t>(paid);
  if (owed_ > 0 || left < (fraction_ > 0 ? 2U : 1U)) return false;
  last_ = fraction_ > 0 ? between(ring_.peek(0), ring_.peek(1), fraction_) : ring_.peek(0);
  return true;
}

void SoundSource::play(std::span<StereoFrame> out, MonotonicTime heard_at,
                       MonotonicTime start) {
  // Asked first: what was written before the end is then surely seen.
  const bool ended = ended_.load(std::memory_order_acquire);
  std::uint64_t heard = 0, missing = 0;
  for (std::size_t i = 0; i < out.size() && !finished(); ++i) {
    const MonotonicTime now = heard_at + time_of(static_cast<std::int64_t>(i));
    if (presence_.silent() && phase_ == Phase::leaving) finish();
    if (presence_.silent() && phase_ == Phase::jumping) jump_to(frames_in(now - start));
    if (early_ > 0) {
      --early_;
      continue;
    }
    const bool taken = take_next();
    if (!taken && ended && presence_.silent()) finish();
    const float level =
        presence_.next(taken && phase_ == Phase::playing) * static_cast<float>(gain_.at(now));
    out[i].left += last_.left * level;
    out[i].right += last_.right * level;
    advance();
    (taken ? heard : missing) += taken || !ended ? 1 : 0;
  }
  heard_.fetch_add(heard, std::memory_order_relaxed);
  missing_.fetch_add(missing, std::memory_order_relaxed);
}

}  // namespace conglang::player
