#include <gtest/gtest.h>

#include <cmath>

#include "player/handoff/sample_ring.h"
#include "player/sound/device_timeline.h"
#include "player/sound/gain_ramp.h"
#include "player/sound/latest_value.h"
#include "player/sound/sync_correction.h"

namespace conglang::player {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr MonotonicTime kStart{std::chrono::hours{1}};

TEST(Faded, RiseAndFallKeepThePowerConstant) {
  for (int i = 0; i <= 100; ++i) {
    const double rise = faded(0, 1, i / 100.0), fall = faded(1, 0, i / 100.0);
    EXPECT_NEAR(rise * rise + fall * fall, 1, 1e-12);
  }
}

TEST(GainRamp, IsNeverShorterThanAClick) {
  GainRamp ramp(1);
  ramp.begin({kStart, nanoseconds{0}, 0});

  EXPECT_EQ(ramp.at(kStart), 1);
  EXPECT_GT(ramp.at(kStart + milliseconds{4}), 0);
  EXPECT_EQ(ramp.at(kStart + milliseconds{5}), 0);
}

TEST(GainRamp, ANewerFadeGoesOnFromTheGainReached) {
  GainRamp ramp(0);
  ramp.begin({kStart, milliseconds{100}, 1});
  const double reached = ramp.at(kStart + milliseconds{50});

  ramp.begin({kStart + milliseconds{50}, milliseconds{100}, 0});

  EXPECT_EQ(ramp.at(kStart + milliseconds{50}), reached);
  EXPECT_LT(ramp.at(kStart + milliseconds{51}), reached);
}

TEST(CorrectedSpeed, StaysWithinAnEighthOfAPercent) {
  EXPECT_EQ(corrected_speed(milliseconds{90}), 1 - kMaxCorrection);
  EXPECT_EQ(corrected_speed(milliseconds{-90}), 1 + kMaxCorrection);
  EXPECT_NEAR(corrected_speed(milliseconds{-10}), 1.001, 1e-9);
}

TEST(CorrectedSpeed, LeavesSoundAloneWithinAMillisecond) {
  EXPECT_EQ(corrected_speed(microseconds{999}), 1);
  EXPECT_EQ(corrected_speed(microseconds{-999}), 1);
}

TEST(SyncCorrection, JumpsBeyondATenthOfASecondOnly) {
  SyncCorrection correction;

  correction.measure(milliseconds{100}, milliseconds{20});
  EXPECT_FALSE(correction.must_jump());
  correction.measure(milliseconds{-101}, milliseconds{20});
  EXPECT_TRUE(correction.must_jump());
  correction.forget();
  EXPECT_FALSE(correction.must_jump());
}

TEST(DeviceTimeline, FlattensUnevenCalls) {
  DeviceTimeline timeline;
  const nanoseconds buffer{1024 * 1'000'000'000LL / kSoundRate};
  MonotonicTime before = timeline.next(kStart, 1024);

  for (int i = 1; i < 1000; ++i) {
    const milliseconds late{i % 3 * 8};
    const MonotonicTime heard = timeline.next(kStart + buffer * i + late, 1024);
    EXPECT_NEAR(static_cast<double>((heard - before - buffer).count()), 0, 300'000);
    before = heard;
  }
}

TEST(DeviceTimeline, BeginsAnewAfterAnInterruption) {
  DeviceTimeline timeline;
  timeline.next(kStart, 480);

  EXPECT_EQ(timeline.next(kStart + std::chrono::seconds{3}, 480),
            kStart + std::chrono::seconds{3} + milliseconds{10});
}

TEST(LatestValue, GivesTheNewestOnce) {
  LatestValue<int> value;
  EXPECT_EQ(value.take(), std::nullopt);

  value.put(1);
  value.put(2);

  EXPECT_EQ(value.take(), 2);
  EXPECT_EQ(value.take(), std::nullopt);
}

}  // namespace
}  // namespace conglang::player
