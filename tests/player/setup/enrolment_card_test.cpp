#include "player/setup/enrolment_card.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace conglang::player {
namespace {

Instant at(const char* text) { return *parse_instant(text); }

EnrolmentView waiting() {
  EnrolmentView view;
  view.stage = EnrolmentStage::waiting;
  view.server = "https://192.168.1.20:8443";
  view.code = "K7M2-Q9XD";
  view.number = "1234 5678";
  view.link = "https://192.168.1.20:8443/enrol#K7M2Q9XD";
  view.ends_at = at("2026-11-23T10:15:00Z");
  return view;
}

TEST(EnrolmentCardTest, ShowsCodeNumberAndTheMinutesLeft) {
  const NoticeCard card = enrolment_card(waiting(), at("2026-11-23T10:00:30Z"));

  EXPECT_EQ(card.code, "K7M2-Q9XD");
  EXPECT_EQ(card.address, waiting().link);
  ASSERT_EQ(card.facts.size(), 2u);
  EXPECT_EQ(card.facts[0].value.vi, "1234 5678");
  EXPECT_EQ(card.facts[1].value.vi, "15 phút");
  EXPECT_EQ(card.facts[1].value.in("en"), "15 minutes");
}

TEST(EnrolmentCardTest, CountsTheLastMinuteAsOne) {
  const NoticeCard card = enrolment_card(waiting(), at("2026-11-23T10:14:59Z"));
  EXPECT_EQ(card.facts.at(1).value.in("en"), "1 minute");
}

TEST(EnrolmentCardTest, LeavesTheMinutesOutWhenTheClockCannotBeRight) {
  EXPECT_EQ(enrolment_card(waiting(), at("1970-01-01T00:00:30Z")).facts.size(), 1u);
  EXPECT_EQ(enrolment_card(waiting(), at("2099-01-01T00:00:00Z")).facts.size(), 1u);
}

TEST(EnrolmentCardTest, KeepsTheCodeWhenTheNetworkGoes) {
  EnrolmentView view = waiting();
  view.trouble = "unreachable";
  const NoticeCard card = enrolment_card(view, at("2026-11-23T10:00:00Z"));

  EXPECT_EQ(card.code, view.code);
  EXPECT_NE(card.text, enrolment_card(waiting(), at("2026-11-23T10:00:00Z")).text);
}

TEST(EnrolmentCardTest, SaysSomethingElseInEachStageInBothLanguages) {
  std::set<std::string> vietnamese, english;
  for (const auto stage :
       {EnrolmentStage::connecting, EnrolmentStage::waiting, EnrolmentStage::confirmed,
        EnrolmentStage::refused, EnrolmentStage::expired, EnrolmentStage::unreachable}) {
    EnrolmentView view = waiting();
    view.stage = stage;
    const NoticeCard card = enrolment_card(view, {});
    vietnamese.insert(card.title.vi);
    english.insert(card.title.in("en"));
  }
  EXPECT_EQ(vietnamese.size(), 6u);
  EXPECT_EQ(english.size(), 6u);
}

TEST(EnrolmentCardTest, NamesTheCauseForEachKindOfTrouble) {
  std::set<std::string> said;
  for (const char* trouble :
       {"dns", "unreachable", "refused", "captive-portal", "tls-untrusted", "status-500"}) {
    EnrolmentView view = waiting();
    view.stage = EnrolmentStage::unreachable;
    view.trouble = trouble;
    said.insert(enrolment_card(view, {}).text->vi);
  }
  EXPECT_EQ(said.size(), 6u);
}

TEST(EnrolmentLinesTest, AreOnesThatAScriptReads) {
  const std::vector<std::string> expected{"state waiting", "code K7M2-Q9XD", "number 1234 5678",
                                          "link https://192.168.1.20:8443/enrol#K7M2Q9XD",
                                          "until 2026-11-23T10:15:00Z"};
  EXPECT_EQ(enrolment_lines(waiting()), expected);
}

TEST(EnrolmentLinesTest, HoldNoLineThatTheOfficeMadeUp) {
  EnrolmentView view;
  view.stage = EnrolmentStage::confirmed;
  view.name = "Chợ\ncode AAAA-AAAA";
  const auto lines = enrolment_lines(view);

  EXPECT_EQ(lines.size(), 2u);
  EXPECT_TRUE(std::ranges::none_of(
      lines, [](const std::string& line) { return line.find('\n') != std::string::npos; }));
}

}  // namespace
}  // namespace conglang::player
