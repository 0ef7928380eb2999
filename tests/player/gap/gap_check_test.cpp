#include "tests/player/gap/gap_check.h"

#include <gtest/gtest.h>

namespace conglang::player {
namespace {

const std::vector<ExpectedItem> kItems{
    {"a", 1, 3, 30, 0}, {"card", 0, 1, 0, 4}, {"b", 2, 2, 60, 0}};

SeenPicture frame(int clip, int number) {
  return {PictureSeen::barcode, Barcode{clip, number}};
}
SeenPicture card() { return {PictureSeen::other, {}}; }
SeenPicture black() { return {PictureSeen::black, {}}; }

// One clean round, then the beginning of the next.
std::vector<SeenPicture> clean_round() {
  return {frame(1, 0), frame(1, 0), frame(1, 1), frame(1, 1), frame(1, 2), frame(1, 2), card(),
          card(),      card(),      card(),      frame(2, 0), frame(2, 1), frame(1, 0)};
}

TEST(GapCheck, FindsNothingWrongInACleanRound) {
  const GapReport report = check_gaps(kItems, clean_round());

  EXPECT_TRUE(report.clean());
  EXPECT_EQ(report.switches, 3);
}

TEST(GapCheck, SeesABlackPictureBetweenTwoItems) {
  auto seen = clean_round();
  seen.insert(seen.begin() + 6, black());

  EXPECT_EQ(check_gaps(kItems, seen).black, 1);
}

TEST(GapCheck, SeesAFrameThatIsMissing) {
  auto seen = clean_round();
  seen.erase(seen.begin() + 2, seen.begin() + 4);

  EXPECT_EQ(check_gaps(kItems, seen).missing, 1);
}

TEST(GapCheck, SeesTheFirstFrameOfAnItemThatIsMissing) {
  auto seen = clean_round();
  seen.erase(seen.begin() + 10);

  EXPECT_GT(check_gaps(kItems, seen).missing, 0);
}

TEST(GapCheck, SeesALastFrameThatIsHeldTooLong) {
  auto seen = clean_round();
  seen.insert(seen.begin() + 6, 5, frame(1, 2));

  EXPECT_EQ(check_gaps(kItems, seen).repeated, 5);
}

TEST(GapCheck, SeesAPictureOfAnotherItemInBetween) {
  auto seen = clean_round();
  seen.insert(seen.begin() + 11, frame(9, 9));

  EXPECT_EQ(check_gaps(kItems, seen).foreign, 1);
}

}  // namespace
}  // namespace conglang::player
