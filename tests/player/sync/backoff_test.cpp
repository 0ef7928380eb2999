#include "player/sync/backoff.h"

#include <gtest/gtest.h>

namespace conglang::player {
namespace {

constexpr MonotonicTime kNow{std::chrono::hours(1)};

Chance always_half() {
  return [] { return 0.5; };
}

TEST(Backoff, DoublesFromOneSecondToFiveMinutes) {
  EXPECT_EQ(wait_after(1, 0.0), Milliseconds{500});
  EXPECT_EQ(wait_after(2, 0.0), Milliseconds{1000});
  EXPECT_EQ(wait_after(9, 0.0), Milliseconds{128'000});
  EXPECT_EQ(wait_after(10, 0.0), Milliseconds{150'000});
  EXPECT_EQ(wait_after(1'000'000, 0.0), Milliseconds{150'000});
  EXPECT_LE(wait_after(1'000'000, 0.999), Milliseconds{300'000});
}

TEST(Backoff, SpreadsKiosksThatFailTogether) {
  EXPECT_LT(wait_after(5, 0.1), wait_after(5, 0.9));
  EXPECT_EQ(with_jitter(Milliseconds{60'000}, 0.0), Milliseconds{54'000});
  EXPECT_EQ(with_jitter(Milliseconds{60'000}, 0.5), Milliseconds{60'000});
}

TEST(Recurrence, IsDueAtOnceAndThenAfterItsPeriod) {
  Recurrence look(Milliseconds{60'000}, always_half());
  EXPECT_TRUE(look.is_due(kNow));

  look.succeeded(kNow);

  EXPECT_FALSE(look.is_due(kNow + Milliseconds{59'999}));
  EXPECT_TRUE(look.is_due(kNow + Milliseconds{60'000}));
}

TEST(Recurrence, IsPatientAfterFailuresAndAsPatientAsTheServerAsks) {
  Recurrence look(Milliseconds{60'000}, always_half());

  look.failed(kNow);
  EXPECT_EQ(look.next(kNow), kNow + Milliseconds{750});
  look.failed(kNow);
  EXPECT_EQ(look.next(kNow), kNow + Milliseconds{1500});
  look.failed(kNow, Milliseconds{90'000});
  EXPECT_EQ(look.next(kNow), kNow + Milliseconds{90'000});
}

TEST(Recurrence, HurriesOnlyWhileItWorks) {
  Recurrence look(Milliseconds{60'000}, always_half());
  look.succeeded(kNow);
  look.hurry();
  EXPECT_FALSE(look.is_due(kNow));
  EXPECT_TRUE(look.is_due(kNow + Milliseconds{1000}));

  look.failed(kNow);
  look.hurry();

  EXPECT_FALSE(look.is_due(kNow));
}

}  // namespace
}  // namespace conglang::player
