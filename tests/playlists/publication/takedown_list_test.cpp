#include "playlists/publication/takedown_list.h"

#include <gtest/gtest.h>

#include "playlists/publication/hidden_targets.h"
#include "playlists/publication/urgent_message.h"

namespace conglang {
namespace {

TakedownAct act(const std::string& id, TakedownKind kind, const std::string& target) {
  return {TakedownId(id), kind, target, parse_instant("2026-11-23T09:00:00Z").value(), "sai"};
}

TEST(TakedownList, ReadsWhatItWrote) {
  const TakedownActs acts = {act("t1", TakedownKind::item, "a"),
                             act("t2", TakedownKind::entry, "b"),
                             act("t3", TakedownKind::asset, "c")};
  EXPECT_EQ(read_takedown_list(write_takedown_list(acts)).value(), acts);
}

TEST(TakedownList, RefusesAnActThatComesTwice) {
  const TakedownActs twice(2, act("t1", TakedownKind::item, "a"));
  const auto read = read_takedown_list(write_takedown_list(twice));
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().message.find("/acts/1/takedown_id"), std::string::npos);
}

TEST(TakedownList, RefusesOneActMoreThanItsBound) {
  TakedownActs acts;
  for (int i = 0; i < 10000; ++i) {
    acts.push_back(act("t" + std::to_string(i), TakedownKind::item, "a"));
  }
  EXPECT_TRUE(read_takedown_list(write_takedown_list(acts)).ok());
  acts.push_back(act("last", TakedownKind::item, "a"));
  EXPECT_FALSE(read_takedown_list(write_takedown_list(acts)).ok());
}

TEST(TakedownList, RefusesWhatItDoesNotKnow) {
  EXPECT_FALSE(read_takedown_list("").ok());
  EXPECT_FALSE(read_takedown_list(R"({"format":2,"acts":[]})").ok());
  EXPECT_FALSE(read_takedown_list(R"({"format":1,"acts":[],"more":1})").ok());
  EXPECT_TRUE(read_takedown_list(R"({"format":1,"acts":[]})").ok());
}

TEST(HiddenTargets, AreThoseOfTheActsThatNobodyTookBack) {
  const HiddenTargets hidden =
      hidden_targets({act("t1", TakedownKind::item, "a"), act("t2", TakedownKind::item, "b")},
                     {TakedownId("t1")});
  EXPECT_EQ(hidden.items, std::set<ItemId>{ItemId("b")});
}

UrgentMessage lasting(std::chrono::milliseconds life) {
  UrgentMessage message;
  message.id = UrgentId("u1");
  message.title.vi = "Lu";
  message.title.others = {{"en", "Flood"}};
  message.approved_at = parse_instant("2026-11-23T09:00:00Z").value();
  message.ends_at = message.approved_at + life;
  return message;
}

TEST(UrgentMessage, LastsADayAtMost) {
  const UrgentMessage longest = lasting(std::chrono::hours(24));
  EXPECT_EQ(read_urgent_message(write_urgent_message(longest)).value(), longest);
  const auto more = lasting(std::chrono::hours(24) + std::chrono::milliseconds(1));
  EXPECT_FALSE(read_urgent_message(write_urgent_message(more)).ok());
  EXPECT_FALSE(read_urgent_message(write_urgent_message(lasting({}))).ok());
}

}  // namespace
}  // namespace conglang
