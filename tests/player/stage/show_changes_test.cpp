// A programme that changes while the show goes on, a takedown, and cards in its place: what
// the glass shows at each beat of virtual time.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "player/stage/programme_order.h"
#include "player/stage/show.h"
#include "tests/support/fake_playable.h"
#include "tests/support/show_fakes.h"
#include "tests/support/virtual_workshop.h"

namespace conglang::player {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::nanoseconds kPeriod{1'000'000'000 / 60};
const MonotonicTime kStart{std::chrono::hours{1}};

class StillClock final : public Clock {
 public:
  Instant now() const override { return {}; }
  MonotonicTime monotonic() const override { return kStart; }
};

ShowItem video(const std::string& name) {
  ShowItem made;
  made.id = ItemId{name};
  made.name = name;
  made.content = ShowVideo{{name, {}, 0}, FitMode::contain, SoundUse::none};
  return made;
}

std::shared_ptr<const Programme> programme(const std::string& version,
                                           std::vector<ShowItem> items) {
  Programme made;
  made.version = version;
  made.items = std::move(items);
  return std::make_shared<const Programme>(std::move(made));
}

ProgrammePair pair(std::shared_ptr<const Programme> current,
                   std::shared_ptr<const Programme> previous = nullptr) {
  return {std::move(current), std::move(previous), ClockTrust::network, {}};
}

// Each video has 90 frames at 30 a second.
class Stage {
 public:
  explicit Stage(const std::shared_ptr<const Programme>& first)
      : order({first, nullptr, ClockTrust::network, {}, true}, clock_),
        show(
            order, notes,
            [this](const ShowItem& item, Size, Priming) {
              const bool broken = item.name.starts_with("broken");
              FakeVideo video{90, 30, {}, {}, false};
              if (broken) video.open_fault = Error{ErrorKind::malformed, item.name};
              return workshop_.begin(std::make_unique<FakePlayable>(video), costs[item.name]);
            },
            settings()) {
    const auto card = [this](Size) {
      return workshop_.begin(std::make_unique<FakePlayable>(FakeVideo{1, 30, {}, {}, true}),
                             {});
    };
    show.set_fallback(card);
    show.set_cards([card](const CardContent&, Size size) { return card(size); });
  }

  void run(std::chrono::nanoseconds time) {
    for (const MonotonicTime end = now + time; now < end; now += kPeriod) {
      workshop_.run_until(now);
      pictures.push_back(show.compose(now));
    }
  }

  std::vector<std::string> order_of_items() const {
    std::vector<std::string> seen;
    for (const ShowPicture& picture : pictures) {
      if (seen.empty() || seen.back() != picture.item) seen.push_back(picture.item);
    }
    return seen;
  }

  // Every picture from the first item on shows more than a background.
  bool never_bare() const {
    const auto first = std::ranges::find_if(
        pictures, [](const ShowPicture& picture) { return !picture.item.empty(); });
    return std::all_of(first, pictures.end(), [](const ShowPicture& picture) {
      return picture.list.commands.size() > 1;
    });
  }

  int count(const std::string& item, std::size_t from = 0) const {
    return static_cast<int>(
        std::count_if(pictures.begin() + static_cast<std::ptrdiff_t>(from), pictures.end(),
                      [&](const ShowPicture& picture) { return picture.item == item; }));
  }

 private:
  static ShowSettings settings() {
    return {{40, 20}, {}, {10, 20, 30, 255}, kPeriod, true, true};
  }

  StillClock clock_;
  VirtualWorkshop workshop_{kStart};

 public:
  std::map<std::string, WorkCost> costs;
  Notes notes;
  ProgrammeOrder order;
  Show show;
  std::vector<ShowPicture> pictures;
  MonotonicTime now = kStart;
};

using Seen = std::vector<std::string>;

TEST(ShowChanges, TakeOnANewProgrammeWithTheNextItem) {
  const auto old = programme("1", {video("a"), video("b")});
  Stage stage(old);
  stage.run(500ms);

  stage.order.adopt(pair(programme("2", {video("n"), video("m")}), old));
  stage.show.programme_changed(stage.now, Adoption::at_boundary);
  stage.run(8s);

  EXPECT_EQ(stage.order_of_items(), (Seen{"", "a", "n", "m"}));
  EXPECT_TRUE(stage.never_bare());
  EXPECT_GE(stage.notes.switches[1].ready_before, 1s);
  EXPECT_EQ(stage.notes.ends[0].outcome, ItemOutcome::completed);
  EXPECT_EQ(stage.notes.ends[0].programme_version, "1");
  EXPECT_EQ(stage.notes.ends[1].programme_version, "2");
}

TEST(ShowChanges, PlayWhatIsReadyWhenTheNewProgrammeComesJustBeforeTheSwitch) {
  const auto old = programme("1", {video("a"), video("b")});
  Stage stage(old);
  stage.run(2500ms);  // b is ready, its turn is in half a second

  stage.order.adopt(pair(programme("2", {video("n")}), old));
  stage.show.programme_changed(stage.now, Adoption::at_boundary);
  stage.run(6s);

  EXPECT_EQ(stage.order_of_items(), (Seen{"", "a", "b", "n"}));
}

TEST(ShowChanges, GoBackToThePreviousProgrammeWhileNothingOfTheNewOnePlays) {
  const auto old = programme("1", {video("a"), video("b")});
  Stage stage(old);
  stage.run(500ms);

  stage.order.adopt(pair(programme("2", {video("broken-1"), video("broken-2")}), old));
  stage.show.programme_changed(stage.now, Adoption::at_boundary);
  stage.run(12s);

  EXPECT_TRUE(stage.never_bare());
  EXPECT_EQ(stage.count("built-in card"), 0);
  for (std::size_t i = 1; i < stage.notes.switches.size(); ++i) {
    EXPECT_GE(stage.notes.switches[i].ready_before, 500ms) << i;
  }
  EXPECT_GE(stage.notes.ends.size(), 3u);
}

TEST(ShowChanges, TakeAHiddenItemOffTheGlassAtTheNextPicture) {
  const auto old = programme("1", {video("hidden"), video("b"), video("c")});
  Stage stage(old);
  stage.run(1500ms);  // b is ready
  const std::size_t before = stage.pictures.size();

  stage.order.adopt(pair(programme("1", {video("b"), video("c")})));
  stage.show.programme_changed(stage.now, Adoption::at_once);
  stage.run(7s);

  EXPECT_EQ(stage.count("hidden", before), 0);
  EXPECT_EQ(stage.order_of_items(), (Seen{"", "hidden", "b", "c", "b"}));
  EXPECT_TRUE(stage.never_bare());
  EXPECT_EQ(stage.notes.ends[0].outcome, ItemOutcome::interrupted);
  EXPECT_EQ(stage.notes.ends[0].reason, "taken down");
}

TEST(ShowChanges, ShowTheBuiltInCardUntilSomethingAllowedIsReady) {
  Stage stage(programme("1", {video("hidden"), video("also-hidden")}));
  stage.run(1500ms);
  const std::size_t before = stage.pictures.size();
  stage.costs["slow"].open = 700ms;

  stage.order.adopt(pair(programme("2", {video("slow")})));
  stage.show.programme_changed(stage.now, Adoption::at_once);
  stage.run(3s);

  EXPECT_EQ(stage.pictures[before].item, "built-in card");
  EXPECT_EQ(stage.count("hidden", before) + stage.count("also-hidden", before), 0);
  EXPECT_EQ(stage.pictures.back().item, "slow");
  EXPECT_TRUE(stage.never_bare());
}

TEST(ShowChanges, DropAHiddenItemThatIsMadeReadyAndLeaveTheOneOnTheGlass) {
  Stage stage(programme("1", {video("a"), video("hidden"), video("c")}));
  stage.run(2900ms);

  stage.order.adopt(pair(programme("1", {video("a"), video("c")})));
  stage.show.programme_changed(stage.now, Adoption::at_once);
  stage.run(3s);

  EXPECT_EQ(stage.count("hidden"), 0);
  EXPECT_EQ(stage.order_of_items(), (Seen{"", "a", "c"}));
  EXPECT_EQ(stage.notes.ends[0].outcome, ItemOutcome::completed);
}

TEST(ShowChanges, EndWithTheBuiltInCardWhenEverythingIsHidden) {
  Stage stage(programme("1", {video("hidden")}));
  stage.run(1s);
  const std::size_t before = stage.pictures.size();

  stage.order.adopt(pair(programme("1", {})));
  stage.show.programme_changed(stage.now, Adoption::at_once);
  stage.run(5s);

  EXPECT_EQ(stage.count("built-in card", before),
            static_cast<int>(stage.pictures.size() - before));
  EXPECT_TRUE(stage.never_bare());
}

TEST(ShowChanges, ShowAnUrgentMessageUntilItEndsAndThenGoOnWhereTheShowWas) {
  Stage stage(programme("1", {video("a"), video("b"), video("c")}));
  stage.run(4s);  // b is on the glass
  ASSERT_EQ(stage.pictures.back().item, "b");

  stage.show.show_interlude(Interlude{"urgent x", NoticeCard{}, stage.now + 10s}, stage.now);
  const std::size_t before = stage.pictures.size();
  stage.run(14s);

  EXPECT_EQ(stage.order_of_items(), (Seen{"", "a", "b", "urgent x", "b", "c"}));
  EXPECT_NEAR(stage.count("urgent x"), 600, 6);
  EXPECT_LE(stage.count("b", before), 186);  // a few pictures while the card is drawn, then all
  EXPECT_TRUE(stage.never_bare());
  EXPECT_EQ(stage.notes.ends[1].outcome, ItemOutcome::interrupted);
  EXPECT_EQ(stage.notes.ends[1].reason, "urgent x");
}

TEST(ShowChanges, EndAnUrgentMessageEarlyWhenItIsTakenBack) {
  Stage stage(programme("1", {video("a")}));
  stage.run(1s);
  stage.show.show_interlude(Interlude{"urgent x", NoticeCard{}, stage.now + 1h}, stage.now);
  stage.run(2s);
  ASSERT_EQ(stage.pictures.back().item, "urgent x");

  stage.show.show_interlude(std::nullopt, stage.now);
  stage.run(1s);

  EXPECT_EQ(stage.pictures.back().item, "a");
  EXPECT_TRUE(stage.never_bare());
}

TEST(ShowChanges, ReplaceOneCardByAnotherWithoutShowingWhatIsBehind) {
  Stage stage(programme("1", {video("a")}));
  stage.run(1s);
  stage.show.show_interlude(Interlude{"urgent x", NoticeCard{}, stage.now + 1h}, stage.now);
  stage.run(1s);
  stage.show.show_interlude(Interlude{"urgent y", NoticeCard{}, stage.now + 1h}, stage.now);
  stage.run(1s);

  EXPECT_EQ(stage.order_of_items(), (Seen{"", "a", "urgent x", "urgent y"}));
}

TEST(ShowChanges, DoNotBringBackWhatWasHiddenDuringAnUrgentMessage) {
  Stage stage(programme("1", {video("hidden"), video("b")}));
  stage.run(1s);
  stage.show.show_interlude(Interlude{"urgent x", NoticeCard{}, stage.now + 10s}, stage.now);
  stage.run(1s);
  const std::size_t before = stage.pictures.size();

  stage.order.adopt(pair(programme("1", {video("b")})));
  stage.show.programme_changed(stage.now, Adoption::at_once);
  stage.run(12s);

  EXPECT_EQ(stage.count("hidden", before), 0);
  EXPECT_EQ(stage.pictures.back().item, "b");
  EXPECT_TRUE(stage.never_bare());
}

TEST(ShowChanges, RestWhileAnUrgentMessageIsOnTheGlass) {
  Stage stage(programme("1", {video("a")}));
  stage.run(1s);
  stage.show.show_interlude(Interlude{"urgent x", NoticeCard{}, stage.now + 1h}, stage.now);
  stage.run(1s);

  EXPECT_GT(stage.show.next_change(stage.now), stage.now + 30min);
}

bool is_black(const ShowPicture& picture) {
  const DrawCommand black = DrawFill{whole(Size{40, 20}), Color{0, 0, 0, 255}};
  return picture.list.commands == std::vector<DrawCommand>{black};
}

TEST(ShowChanges, AreBlackAndCountNothingAsShownWhileTheDisplayIsOff) {
  Stage stage(programme("1", {video("a"), video("b")}));
  stage.run(1s);
  const std::size_t before = stage.pictures.size();

  stage.show.set_dark(true, stage.now);
  stage.run(5min);

  EXPECT_TRUE(std::all_of(stage.pictures.begin() + static_cast<std::ptrdiff_t>(before),
                          stage.pictures.end(), is_black));
  EXPECT_EQ(stage.show.on_glass(), nullptr);
  ASSERT_EQ(stage.notes.ends.size(), 1u) << "what was on the glass, and nothing since";
  EXPECT_EQ(stage.notes.ends[0].outcome, ItemOutcome::interrupted);
  EXPECT_NEAR(
      std::chrono::duration<double>(stage.notes.ends[0].ended - stage.notes.ends[0].started)
          .count(),
      1, 0.2);
}

TEST(ShowChanges, RestWhileTheDisplayIsOffOnceItIsBlack) {
  Stage stage(programme("1", {video("a")}));
  stage.run(1s);

  stage.show.set_dark(true, stage.now);

  EXPECT_LT(stage.show.next_change(stage.now), stage.now + 20ms);
  stage.run(kPeriod);
  EXPECT_GT(stage.show.next_change(stage.now), stage.now + 30min);
}

TEST(ShowChanges, GoOnAtOnceWithTheNextItemWhenTheDisplayIsOnAgain) {
  Stage stage(programme("1", {video("a"), video("b")}));
  stage.run(1s);
  stage.show.set_dark(true, stage.now);
  stage.run(10s);

  stage.show.set_dark(false, stage.now);
  stage.run(500ms);

  EXPECT_EQ(stage.pictures.back().item, "b");
  stage.run(3s);
  EXPECT_EQ(stage.pictures.back().item, "a");
}

TEST(ShowChanges, ShowNoCardWhileTheDisplayIsOffAndTheUrgentOneAfterwards) {
  Stage stage(programme("1", {video("a")}));
  stage.run(1s);
  stage.show.set_dark(true, stage.now);
  stage.run(1s);
  stage.show.show_interlude(Interlude{"urgent x", NoticeCard{}, stage.now + 1h}, stage.now);
  stage.run(1s);
  EXPECT_TRUE(is_black(stage.pictures.back()));

  stage.show.set_dark(false, stage.now);
  stage.run(1s);

  EXPECT_EQ(stage.pictures.back().item, "urgent x");
}

TEST(ShowChanges, AreBlackOverAnUrgentMessageAndBringItBack) {
  Stage stage(programme("1", {video("a")}));
  stage.run(1s);
  stage.show.show_interlude(Interlude{"urgent x", NoticeCard{}, stage.now + 1h}, stage.now);
  stage.run(1s);

  stage.show.set_dark(true, stage.now);
  stage.run(1s);
  EXPECT_TRUE(is_black(stage.pictures.back()));
  stage.show.set_dark(false, stage.now);
  stage.run(1s);

  EXPECT_EQ(stage.pictures.back().item, "urgent x");
}

TEST(ShowChanges, ShowNothingThatWasHiddenWhileTheDisplayWasOff) {
  Stage stage(programme("1", {video("hidden"), video("b")}));
  stage.run(1s);
  stage.show.set_dark(true, stage.now);
  stage.run(1s);
  stage.order.adopt(pair(programme("1", {video("b")})));
  stage.show.programme_changed(stage.now, Adoption::at_once);
  const std::size_t before = stage.pictures.size();

  stage.show.set_dark(false, stage.now);
  stage.run(10s);

  EXPECT_EQ(stage.count("hidden", before), 0);
  EXPECT_EQ(stage.pictures.back().item, "b");
}

}  // namespace
}  // namespace conglang::player
