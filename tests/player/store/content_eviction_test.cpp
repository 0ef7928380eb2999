#include "player/store/content_eviction.h"

#include <gtest/gtest.h>

namespace conglang::player {
namespace {

using Paths = std::vector<std::string>;

const std::vector<StoredFile> kFiles{
    {"old-small", 10, 1}, {"old-large", 30, 1}, {"new", 50, 2}, {"shown", 100, 3}};
const std::set<std::string> kPins{"shown"};

constexpr std::int64_t kHeld = 190;

TEST(DecideEviction, LeavesEverythingWhileThereIsRoom) {
  EXPECT_EQ(decide_eviction(kFiles, kPins, {kHeld + 20, 5, 25, 20}), Eviction{});
}

TEST(DecideEviction, TakesWhatWasNamedLongestAgoAndTheLargestOfEquals) {
  EXPECT_EQ(decide_eviction(kFiles, kPins, {kHeld + 19, 0, 1000, 20}).paths,
            (Paths{"old-large"}));
  EXPECT_EQ(decide_eviction(kFiles, kPins, {kHeld, 0, 1000, 35}).paths,
            (Paths{"old-large", "old-small"}));
  EXPECT_EQ(decide_eviction(kFiles, kPins, {kHeld, 0, 1000, 41}).paths,
            (Paths{"old-large", "old-small", "new"}));
}

TEST(DecideEviction, KeepsTheReserveOfTheDisk) {
  EXPECT_EQ(decide_eviction(kFiles, kPins, {1000, 40, 59, 20}).paths, (Paths{"old-large"}));
  EXPECT_EQ(decide_eviction(kFiles, kPins, {1000, 40, 60, 20}).paths, Paths{});
}

TEST(DecideEviction, NeverTakesWhatIsPinnedAndSaysWhatIsLacking) {
  EXPECT_EQ(decide_eviction(kFiles, kPins, {kHeld, 0, 1000, 90}).lacking, 0);

  EXPECT_EQ(decide_eviction(kFiles, kPins, {kHeld, 0, 1000, 91}), (Eviction{{}, 1}));
}

TEST(DecideEviction, TakesNothingAwayThatWouldNotBeEnough) {
  const std::set<std::string> all{"old-small", "old-large", "new", "shown"};

  EXPECT_EQ(decide_eviction(kFiles, all, {kHeld, 0, 1000, 7}), (Eviction{{}, 7}));
}

TEST(DecideEviction, GivesTheReserveBackToADiskThatIsFullerThanThat) {
  EXPECT_EQ(decide_eviction(kFiles, kPins, {1000, 100, 80, 10}).paths, (Paths{"old-large"}));
  EXPECT_EQ(decide_eviction(kFiles, kPins, {1000, 100, 79, 10}).paths,
            (Paths{"old-large", "old-small"}));
}

}  // namespace
}  // namespace conglang::player
