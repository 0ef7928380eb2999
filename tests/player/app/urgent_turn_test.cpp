#include "player/app/urgent_turn.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>

namespace conglang::player {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
constexpr MonotonicTime kBegin{std::chrono::hours{1}};

UrgentMessage message(const std::string& id, minutes from, minutes until) {
  return {UrgentId(id), {}, {"Cảnh báo " + id, {}}, std::nullopt, kNow + from, kNow + until};
}

std::string title_of(const std::optional<std::optional<Interlude>>& turn) {
  if (!turn) return "as before";
  if (!*turn) return "the show";
  return std::get<NoticeCard>((*turn)->card).title.vi;
}

TEST(UrgentTurn, NothingUrgentLeavesTheShowAlone) {
  UrgentTurn turn;
  EXPECT_EQ(title_of(turn.next(kNow, kBegin)), "as before");
}

TEST(UrgentTurn, AMessageIsSaidOnceAndItsCardEndsWithIt) {
  UrgentTurn turn;
  turn.replace({message("a", minutes{0}, minutes{10})});

  const auto said = turn.next(kNow, kBegin);
  ASSERT_EQ(title_of(said), "Cảnh báo a");
  EXPECT_EQ((*said)->until, kBegin + minutes{10});
  EXPECT_EQ(title_of(turn.next(kNow + seconds{5}, kBegin + seconds{5})), "as before");
  EXPECT_EQ(title_of(turn.next(kNow + minutes{10}, kBegin + minutes{10})), "the show");
  EXPECT_EQ(title_of(turn.next(kNow + minutes{11}, kBegin + minutes{11})), "as before");
}

TEST(UrgentTurn, OneThatWasTakenBackLeavesTheScreenAtOnce) {
  UrgentTurn turn;
  turn.replace({message("a", minutes{0}, minutes{10})});
  ASSERT_EQ(title_of(turn.next(kNow, kBegin)), "Cảnh báo a");
  turn.replace({});
  EXPECT_EQ(title_of(turn.next(kNow, kBegin + seconds{1})), "the show");
}

TEST(UrgentTurn, OneThatBeginsLaterWaits) {
  UrgentTurn turn;
  turn.replace({message("a", minutes{5}, minutes{10})});
  EXPECT_EQ(title_of(turn.next(kNow, kBegin)), "as before");
  EXPECT_EQ(title_of(turn.next(kNow + minutes{5}, kBegin + minutes{5})), "Cảnh báo a");
}

TEST(UrgentTurn, SeveralTakeTurns) {
  UrgentTurn turn;
  turn.replace({message("a", minutes{0}, minutes{10}), message("b", minutes{0}, minutes{10})});
  const std::string first = title_of(turn.next(kNow, kBegin));
  const std::string second = title_of(turn.next(kNow, kBegin + kUrgentTurn));
  EXPECT_NE(first, second);
  EXPECT_EQ(title_of(turn.next(kNow, kBegin + 2 * kUrgentTurn)), first);
}

TEST(UrgentTurn, AfterAnotherCardItIsSaidAgain) {
  UrgentTurn turn;
  turn.replace({message("a", minutes{0}, minutes{10})});
  ASSERT_EQ(title_of(turn.next(kNow, kBegin)), "Cảnh báo a");
  turn.forget_turn();
  EXPECT_EQ(title_of(turn.next(kNow, kBegin + seconds{1})), "Cảnh báo a");
}

}  // namespace
}  // namespace conglang::player
