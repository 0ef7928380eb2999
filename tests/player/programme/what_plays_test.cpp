#include "player/programme/what_plays.h"

#include <gtest/gtest.h>

#include <string>

namespace conglang::player {
namespace {

using Indices = std::vector<std::size_t>;
using std::chrono::hours;

constexpr Instant kMidnight{};

Instant at(int hour) { return kMidnight + hours{hour}; }

ShowItem card(bool evergreen = false) {
  ShowItem item;
  item.content = ShowTextCard{};
  item.evergreen = evergreen;
  return item;
}

ShowItem card_between(int from_hour, int until_hour) {
  ShowItem item = card();
  item.valid_from = at(from_hour);
  item.valid_until = at(until_hour);
  return item;
}

Programme programme(std::vector<ShowItem> items) {
  Programme made;
  made.items = std::move(items);
  return made;
}

Indices playing(const Programme& shown, int hour, ClockTrust trust = ClockTrust::network) {
  return what_plays(shown, at(hour), trust).items;
}

TEST(WhatPlays, KeepsTheOrderOfTheProgramme) {
  EXPECT_EQ(playing(programme({card(), card(), card()}), 0), (Indices{0, 1, 2}));
}

TEST(WhatPlays, IncludesTheStartAndExcludesTheEndOfAValidity) {
  const Programme shown = programme({card_between(8, 12)});

  EXPECT_EQ(what_plays(shown, at(8) - Milliseconds{1}, ClockTrust::network).items, Indices{});
  EXPECT_EQ(playing(shown, 8), Indices{0});
  EXPECT_EQ(what_plays(shown, at(12) - Milliseconds{1}, ClockTrust::network).items, Indices{0});
  EXPECT_EQ(playing(shown, 12), Indices{});
}

TEST(WhatPlays, NamesEachEdgeAsTheMomentToLookAgain) {
  const Programme shown = programme({card_between(8, 12), card_between(10, 20), card()});
  const auto next = [&](int hour) {
    return what_plays(shown, at(hour), ClockTrust::network).next_change;
  };

  EXPECT_EQ(next(0), at(8));
  EXPECT_EQ(next(8), at(10));
  EXPECT_EQ(next(10), at(12));
  EXPECT_EQ(next(12), at(20));
  EXPECT_EQ(next(20), std::nullopt);
}

TEST(WhatPlays, ShowsEvergreenItemsOnlyFromOfflineUntilOn) {
  Programme shown = programme({card(), card(true)});
  shown.offline_until = at(10);

  const WhatPlays before = what_plays(shown, at(9), ClockTrust::network);
  const WhatPlays after = what_plays(shown, at(10), ClockTrust::network);

  EXPECT_EQ(before.items, (Indices{0, 1}));
  EXPECT_FALSE(before.evergreen_only);
  EXPECT_EQ(before.next_change, at(10));
  EXPECT_EQ(after.items, Indices{1});
  EXPECT_TRUE(after.evergreen_only);
  EXPECT_EQ(after.next_change, std::nullopt);
}

TEST(WhatPlays, ShowsEvergreenItemsOnlyWhileTheClockIsNotTrusted) {
  const Programme shown = programme({card(), card(true)});

  EXPECT_EQ(playing(shown, 0, ClockTrust::none), Indices{1});
  EXPECT_EQ(playing(shown, 0, ClockTrust::persisted), (Indices{0, 1}));
}

TEST(WhatPlays, HidesAnEvergreenItemOutsideItsOwnValidity) {
  Programme shown = programme({card(true)});
  shown.items[0].valid_until = at(5);

  EXPECT_EQ(playing(shown, 6, ClockTrust::none), Indices{});
}

TEST(WhatPlays, HasNothingForAnEmptyProgramme) {
  const WhatPlays answer = what_plays(Programme{}, at(0), ClockTrust::network);

  EXPECT_TRUE(answer.items.empty());
  EXPECT_EQ(answer.next_change, std::nullopt);
}

}  // namespace
}  // namespace conglang::player
