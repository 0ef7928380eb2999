#include "player/store/time_floor.h"

#include <gtest/gtest.h>

namespace conglang::player {
namespace {

using std::chrono::hours;

Instant at(int hour) { return Instant{} + hours{hour}; }

ClockReading trusted(int hour) { return {at(hour), true}; }
ClockReading untrusted(int hour) { return {at(hour), false}; }

TEST(TimeFloor, IsBelievedWhenTheClockIsBehindIt) {
  EXPECT_EQ(believed_time(at(10), at(3)), at(10));
  EXPECT_EQ(believed_time(at(10), at(11)), at(11));
}

TEST(TimeFloor, RisesToANewerApproval) {
  EXPECT_EQ(raise_floor(at(10), at(20), trusted(21)), at(20));
}

TEST(TimeFloor, NeverFalls) { EXPECT_EQ(raise_floor(at(10), at(5), trusted(21)), at(10)); }

TEST(TimeFloor, IgnoresAnApprovalMoreThanADayAheadOfATrustedClock) {
  EXPECT_EQ(raise_floor(at(10), at(124), trusted(100)), at(124));
  EXPECT_EQ(raise_floor(at(10), at(124) + Milliseconds{1}, trusted(100)), at(10));
}

TEST(TimeFloor, TakesAnyApprovalWhenTheClockSaysNothing) {
  EXPECT_EQ(raise_floor(at(10), at(1000), untrusted(0)), at(1000));
}

}  // namespace
}  // namespace conglang::player
