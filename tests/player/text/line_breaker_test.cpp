#include "player/text/line_breaker.h"

#include <gtest/gtest.h>

#include "player/text/graphemes.h"

namespace conglang::player {
namespace {

// A letter is 10 wide.
int measure(std::string_view text) { return 10 * static_cast<int>(graphemes(text).size()); }

using Lines = std::vector<std::string>;

Lines lines(std::string_view text, int letters, bool title = false) {
  return break_lines(text, {letters * 10, 0, title}, measure).lines;
}

TEST(LineBreaker, EndsLinesAtSpaces) {
  EXPECT_EQ(lines("làng nghề truyền thống", 10), (Lines{"làng nghề", "truyền", "thống"}));
}

TEST(LineBreaker, KeepsALineFeed) {
  EXPECT_EQ(lines("một\n\nhai", 10), (Lines{"một", "", "hai"}));
}

TEST(LineBreaker, KeepsANumberTogetherWithItsUnit) {
  EXPECT_EQ(lines("giá là 10 000 ₫ thôi", 12), (Lines{"giá là", "10 000 ₫", "thôi"}));
  EXPECT_EQ(lines("cách 28 km, gần", 7), (Lines{"cách", "28 km,", "gần"}));
}

TEST(LineBreaker, KeepsARangeTogether) {
  EXPECT_EQ(lines("từ ngày 8 - 10 âm", 9), (Lines{"từ ngày", "8 - 10 âm"}));
  EXPECT_EQ(lines("năm 1885–1889", 9), (Lines{"năm", "1885–1889"}));
}

TEST(LineBreaker, NeverBeginsALineWithADash) {
  EXPECT_EQ(lines("Hà Nội – Hải Phòng", 7), (Lines{"Hà", "Nội –", "Hải", "Phòng"}));
}

TEST(LineBreaker, BreaksAWordAfterAHyphen) {
  EXPECT_EQ(lines("công-ten-nơ", 9), (Lines{"công-ten-", "nơ"}));
}

TEST(LineBreaker, LeavesNoLonelySyllableUnderATitle) {
  EXPECT_EQ(lines("Chào mừng bạn", 10), (Lines{"Chào mừng", "bạn"}));
  EXPECT_EQ(lines("Chào mừng bạn", 10, true), (Lines{"Chào", "mừng bạn"}));
}

TEST(LineBreaker, MakesTheLinesOfATitleEven) {
  EXPECT_EQ(lines("một hai ba bốn năm sáu bảy tám", 24, true),
            (Lines{"một hai ba bốn", "năm sáu bảy tám"}));
}

TEST(LineBreaker, CutsAWordThatIsTooLongBetweenLetters) {
  EXPECT_EQ(lines("ếếếếếếế", 3), (Lines{"ếếế", "ếếế", "ế"}));
}

TEST(LineBreaker, CutsNoLetterFromItsMark) {
  const std::string decomposed = "e\xCC\x82\xCC\x81";  // e, circumflex, acute

  EXPECT_EQ(lines(decomposed + decomposed, 1), (Lines{decomposed, decomposed}));
}

TEST(LineBreaker, EndsWithAnEllipsisWhatHasTooManyLines) {
  const auto broken = break_lines("một hai ba bốn năm sáu", {100, 2, false}, measure);

  EXPECT_TRUE(broken.cut);
  EXPECT_EQ(broken.lines, (Lines{"một hai ba", "bốn năm…"}));
}

TEST(LineBreaker, CutsNothingThatHasRoom) {
  const auto broken = break_lines("một hai ba bốn", {100, 2, false}, measure);

  EXPECT_FALSE(broken.cut);
  EXPECT_EQ(broken.lines, (Lines{"một hai ba", "bốn"}));
}

TEST(LineBreaker, GivesAnEmptyTextOneEmptyLine) { EXPECT_EQ(lines("", 5), (Lines{""})); }

}  // namespace
}  // namespace conglang::player
