#include "player/programme/judge_clock.h"

#include <gtest/gtest.h>

namespace conglang::player {
namespace {

const Instant kFloor{std::chrono::hours{1000}};

TEST(JudgeClock, BelievesASynchronisedClock) {
  EXPECT_EQ(judge_clock(true, Instant{}, kFloor), ClockTrust::network);
}

TEST(JudgeClock, TakesAClockAboveTheFloorAsPlausible) {
  EXPECT_EQ(judge_clock(false, kFloor, kFloor), ClockTrust::persisted);
}

TEST(JudgeClock, KnowsThatAClockBelowTheFloorIsWrong) {
  EXPECT_EQ(judge_clock(false, kFloor - std::chrono::milliseconds{1}, kFloor),
            ClockTrust::none);
}

}  // namespace
}  // namespace conglang::player
