#include "player/programme/fallback.h"

#include <gtest/gtest.h>

#include <string>

namespace conglang::player {
namespace {

using Indices = std::vector<std::size_t>;
using std::chrono::hours;
using std::chrono::minutes;

constexpr Instant kStart{};

ShowItem file_item(const std::string& path, bool evergreen = false) {
  ShowItem item;
  item.content = ShowVideo{{path, std::nullopt, 0}, FitMode::contain, SoundUse::none};
  item.evergreen = evergreen;
  return item;
}

Programme programme(std::vector<ShowItem> items) {
  Programme made;
  made.items = std::move(items);
  return made;
}

Moment at(int minute, ClockTrust trust = ClockTrust::network) {
  return {kStart + minutes{minute}, trust, MonotonicTime{minutes{minute}}};
}

Strikes broken(std::initializer_list<const char*> paths) {
  Strikes strikes;
  for (const char* path : paths) {
    for (int i = 0; i < 3; ++i) strikes.record_failure(std::string("path:") + path, {});
  }
  return strikes;
}

TEST(Fallback, PlaysTheCurrentProgramme) {
  const Programme current = programme({file_item("a"), file_item("b")});

  const Choice choice = choose_what_to_show(&current, nullptr, {}, at(0));

  EXPECT_EQ(choice.step, FallbackStep::current);
  EXPECT_EQ(choice.programme, ShownProgramme::current);
  EXPECT_EQ(choice.items, (Indices{0, 1}));
  EXPECT_EQ(choice.next_retry, std::nullopt);
}

TEST(Fallback, LeavesABrokenItemOutAndSaysWhenToTryIt) {
  const Programme current = programme({file_item("a"), file_item("b")});

  const Choice choice = choose_what_to_show(&current, nullptr, broken({"a"}), at(1));

  EXPECT_EQ(choice.step, FallbackStep::current_without_broken);
  EXPECT_EQ(choice.items, Indices{1});
  EXPECT_EQ(choice.next_retry, MonotonicTime{minutes{10}});
}

TEST(Fallback, TakesABrokenItemBackAfterItsQuarantine) {
  const Programme current = programme({file_item("a"), file_item("b")});

  EXPECT_EQ(choose_what_to_show(&current, nullptr, broken({"a"}), at(10)).step,
            FallbackStep::current);
}

TEST(Fallback, PlaysThePreviousProgrammeWhenNothingIsLeftOfTheCurrentOne) {
  const Programme current = programme({file_item("a")});
  const Programme previous = programme({file_item("old")});

  const Choice choice = choose_what_to_show(&current, &previous, broken({"a"}), at(1));

  EXPECT_EQ(choice.step, FallbackStep::previous);
  EXPECT_EQ(choice.programme, ShownProgramme::previous);
  EXPECT_EQ(choice.items, Indices{0});
  EXPECT_EQ(choice.next_retry, MonotonicTime{minutes{10}});
}

TEST(Fallback, DoesNotGoBackWhenOnlyTimeHasPassed) {
  Programme current = programme({file_item("a"), file_item("always", true)});
  current.offline_until = kStart + hours{1};
  Programme previous = programme({file_item("old")});
  previous.offline_until = kStart + hours{100};

  const Choice choice = choose_what_to_show(&current, &previous, {}, at(60));

  EXPECT_EQ(choice.step, FallbackStep::evergreen);
  EXPECT_EQ(choice.programme, ShownProgramme::current);
  EXPECT_EQ(choice.items, Indices{1});
}

TEST(Fallback, FindsEvergreenItemsInThePreviousProgrammeToo) {
  const Programme current = programme({file_item("a")});
  const Programme previous = programme({file_item("old"), file_item("always", true)});

  const Choice choice = choose_what_to_show(&current, &previous, {}, at(0, ClockTrust::none));

  EXPECT_EQ(choice.step, FallbackStep::evergreen);
  EXPECT_EQ(choice.programme, ShownProgramme::previous);
  EXPECT_EQ(choice.items, Indices{1});
}

TEST(Fallback, EndsAtTheBuiltInCard) {
  const Programme current = programme({file_item("a", true)});
  const Programme previous = programme({file_item("b", true)});

  const Choice choice = choose_what_to_show(&current, &previous, broken({"a", "b"}), at(1));

  EXPECT_EQ(choice.step, FallbackStep::built_in_card);
  EXPECT_EQ(choice.programme, ShownProgramme::none);
  EXPECT_TRUE(choice.items.empty());
  EXPECT_EQ(choice.next_retry, MonotonicTime{minutes{10}});
}

TEST(Fallback, ShowsTheBuiltInCardWithoutAnyProgramme) {
  EXPECT_EQ(choose_what_to_show(nullptr, nullptr, {}, at(0)).step, FallbackStep::built_in_card);
}

TEST(Fallback, LooksAgainWhenTheCurrentProgrammeBegins) {
  Programme current = programme({file_item("a")});
  current.items[0].valid_from = kStart + minutes{5};
  const Programme previous = programme({file_item("old")});

  const Choice choice = choose_what_to_show(&current, &previous, {}, at(0));

  EXPECT_EQ(choice.step, FallbackStep::previous);
  EXPECT_EQ(choice.next_change, kStart + minutes{5});
}

}  // namespace
}  // namespace conglang::player
