#include "player/stage/programme_order.h"

#include <gtest/gtest.h>

namespace conglang::player {
namespace {

using namespace std::chrono_literals;

const MonotonicTime kNow{std::chrono::hours{1}};

class FixedClock final : public Clock {
 public:
  Instant now() const override { return instant; }
  MonotonicTime monotonic() const override { return kNow; }
  Instant instant{};
};

ShowItem item(const std::string& name, bool evergreen = false) {
  ShowItem made;
  made.id = ItemId{name};
  made.name = name;
  made.content = ShowImage{{name + ".png", {}, 0}, FitMode::contain};
  made.duration = 5s;
  made.evergreen = evergreen;
  return made;
}

std::shared_ptr<const Programme> programme(std::vector<ShowItem> items) {
  Programme made;
  made.items = std::move(items);
  return std::make_shared<const Programme>(std::move(made));
}

ProgrammeOrder order_of(std::vector<ShowItem> items, const Clock& clock, bool round = true) {
  return {{programme(std::move(items)), nullptr, ClockTrust::network, {}, round}, clock};
}

TEST(ProgrammeOrder, GoesRoundAndRound) {
  const FixedClock clock;
  ProgrammeOrder order = order_of({item("a"), item("b")}, clock);

  const auto first = order.next(nullptr, kNow);
  const auto second = order.next(&*first, kNow);
  const auto third = order.next(&*second, kNow);

  EXPECT_EQ(first->name, "a");
  EXPECT_EQ(second->name, "b");
  EXPECT_EQ(third->name, "a");
  EXPECT_FALSE(order.over());
}

TEST(ProgrammeOrder, IsOverAfterTheLastItemWhenItGoesOnce) {
  const FixedClock clock;
  ProgrammeOrder order = order_of({item("a"), item("b")}, clock, false);
  const auto last = item("b");

  EXPECT_FALSE(order.next(&last, kNow));
  EXPECT_TRUE(order.over());
}

TEST(ProgrammeOrder, LeavesOutWhatFailedThreeTimesUntilItMayTryAgain) {
  const FixedClock clock;
  ProgrammeOrder order = order_of({item("a"), item("broken")}, clock);
  const auto a = item("a");
  for (int i = 0; i < 3; ++i) order.failed(item("broken"), kNow);

  EXPECT_EQ(order.next(&a, kNow)->name, "a");
  EXPECT_EQ(order.next(&a, kNow + 11min)->name, "broken");
}

TEST(ProgrammeOrder, LeavesOutWhatFailedThreeTimesInAnEarlierRun) {
  const FixedClock clock;
  const auto a = item("a");
  ProgrammeOrder before = order_of({item("a"), item("broken")}, clock);
  EXPECT_FALSE(before.take_changed_strikes());
  for (int i = 0; i < 3; ++i) before.failed(item("broken"), kNow);
  const auto strikes = before.take_changed_strikes();
  ASSERT_TRUE(strikes);
  EXPECT_FALSE(before.take_changed_strikes());

  ProgrammeOrder after({programme({item("a"), item("broken")}),
                        nullptr,
                        ClockTrust::network,
                        {},
                        true,
                        *strikes},
                       clock);

  EXPECT_EQ(after.next(&a, kNow)->name, "a");
  EXPECT_EQ(after.next(&a, kNow + 11min)->name, "broken");
  after.succeeded(item("broken"));
  EXPECT_EQ(after.take_changed_strikes(), std::vector<Strike>{});
  after.succeeded(item("broken"));
  EXPECT_FALSE(after.take_changed_strikes());
}

TEST(ProgrammeOrder, ForgetsFailuresOfWhatPlayed) {
  const FixedClock clock;
  ProgrammeOrder order = order_of({item("a"), item("b")}, clock);
  const auto a = item("a");
  for (int i = 0; i < 2; ++i) order.failed(item("b"), kNow);
  order.succeeded(item("b"));
  order.failed(item("b"), kNow);

  EXPECT_EQ(order.next(&a, kNow)->name, "b");
}

TEST(ProgrammeOrder, GoesByTheFloorWhenTheClockIsBelowIt) {
  FixedClock clock;  // 1970
  ShowItem ended = item("ended");
  ended.valid_until = Instant{24h * 365 * 50};
  const Instant floor{24h * 365 * 55};
  ProgrammeOrder order(
      {programme({ended, item("b", true)}), nullptr, ClockTrust::persisted, floor, true},
      clock);

  EXPECT_EQ(order.next(nullptr, kNow)->name, "b");
}

TEST(ProgrammeOrder, HasNothingWithoutAProgramme) {
  const FixedClock clock;
  ProgrammeOrder order({nullptr, nullptr, ClockTrust::network, {}, true}, clock);

  EXPECT_FALSE(order.next(nullptr, kNow));
  EXPECT_FALSE(order.over());
  EXPECT_EQ(order.step(), FallbackStep::built_in_card);
}

TEST(ProgrammeOrder, ShowsThePreviousProgrammeWhenNothingOfTheCurrentOneIsLeft) {
  const FixedClock clock;
  ProgrammeOrder order({programme({}), programme({item("old")}), ClockTrust::network, {}, true},
                       clock);

  EXPECT_EQ(order.next(nullptr, kNow)->name, "old");
  EXPECT_EQ(order.step(), FallbackStep::previous);
}

}  // namespace
}  // namespace conglang::player
