#include "player/app/stick_card.h"

#include <gtest/gtest.h>

namespace conglang::player {
namespace {

TEST(StickCard, SaysWhichVersionWasReceivedInBothLanguages) {
  const auto card = stick_card({41, true, 2, ""});

  ASSERT_TRUE(card);
  EXPECT_EQ(card->title.vi, "Đã nhận bản số 41");
  EXPECT_EQ(card->title.others.at("en"), "Received version 41");
  EXPECT_NE(card->text->vi.find("Nhật ký"), std::string::npos);
}

TEST(StickCard, NamesWhatWentWrong) {
  const auto card = stick_card({std::nullopt, true, 0, "missing"});

  ASSERT_TRUE(card);
  EXPECT_NE(card->text->others.at("en").find("not on the stick"), std::string::npos);
}

TEST(StickCard, ShowsNoWordThatAStrangerChose) {
  const auto card = stick_card({std::nullopt, true, 0, "PAY 100 TO X"});

  ASSERT_TRUE(card);
  for (const std::string& text : {card->text->vi, card->text->others.at("en")}) {
    EXPECT_EQ(text.find("PAY"), std::string::npos) << text;
  }
}

TEST(StickCard, IsNotDrawnForAStrangersStick) {
  EXPECT_FALSE(stick_card({std::nullopt, false, 0, "bad signature"}));
}

}  // namespace
}  // namespace conglang::player
