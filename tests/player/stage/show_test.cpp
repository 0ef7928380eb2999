#include "player/stage/show.h"

#include <gtest/gtest.h>

#include <map>

#include "player/stage/vsync_grid.h"
#include "tests/support/fake_playable.h"
#include "tests/support/show_fakes.h"
#include "tests/support/virtual_workshop.h"

namespace conglang::player {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::nanoseconds kPeriod{1'000'000'000 / 60};
const MonotonicTime kStart{std::chrono::hours{1}};

struct Script {
  FakeVideo video;
  WorkCost cost;
};

ShowItem item(const std::string& name, Transition transition = {}) {
  ShowItem made;
  made.id = ItemId{name};
  made.name = name;
  made.content = ShowVideo{{name, {}, 0}, FitMode::contain, SoundUse::none};
  made.transition = transition;
  return made;
}

ShowItem still(const std::string& name, Milliseconds time) {
  ShowItem made = item(name);
  made.content = ShowImage{{name, {}, 0}, FitMode::contain};
  made.duration = time;
  return made;
}

// A show in virtual time; `pictures` is what the glass showed at each beat.
class Stage {
 public:
  Stage(RunningOrder& order, std::map<std::string, Script> scripts, bool preroll = true)
      : scripts_(std::move(scripts)),
        show(
            order, notes,
            [this](const ShowItem& wanted, Size, Priming) { return begin(wanted); },
            ShowSettings{{40, 20}, {}, {10, 20, 30, 255}, kPeriod, preroll}) {}

  void run(std::chrono::nanoseconds time) {
    for (const MonotonicTime end = now_ + time; now_ < end; now_ += kPeriod) {
      workshop_.run_until(now_);
      pictures.push_back(show.compose(now_));
    }
  }

  // The workers go on while no picture is asked for.
  void prepare_until(MonotonicTime moment) { workshop_.run_until(moment); }

  std::vector<std::pair<std::string, std::int64_t>> frames() const {
    std::vector<std::pair<std::string, std::int64_t>> seen;
    for (const ShowPicture& picture : pictures) {
      const std::pair now{picture.item, picture.frame};
      if (seen.empty() || seen.back() != now) seen.push_back(now);
    }
    return seen;
  }

 private:
  std::shared_ptr<PreparedItem> begin(const ShowItem& wanted) {
    const Script script = scripts_[wanted.name];
    return workshop_.begin(std::make_unique<FakePlayable>(script.video), script.cost);
  }

  std::map<std::string, Script> scripts_;
  VirtualWorkshop workshop_{kStart};
  MonotonicTime now_ = kStart;

 public:
  Notes notes;
  std::vector<ShowPicture> pictures;
  Show show;
};

Script video(std::int64_t frames) { return {{frames, 30, {}, {}, false}, {}}; }

TEST(Show, PlaysEveryFrameOfEachItemOnceAndInOrder) {
  ListOrder order({item("a"), item("b")}, true);
  Stage stage(order, {{"a", video(60)}, {"b", video(45)}});

  stage.run(5s);

  std::vector<std::pair<std::string, std::int64_t>> wanted{{"", -1}};
  for (int i = 0; i < 60; ++i) wanted.emplace_back("a", i);
  for (int i = 0; i < 45; ++i) wanted.emplace_back("b", i);
  EXPECT_EQ(stage.frames(), wanted);
  EXPECT_TRUE(stage.show.finished());
}

TEST(Show, HoldsEachFrameOfThirtyForTwoBeatsOfSixty) {
  ListOrder order({item("a"), item("b")});
  Stage stage(order, {{"a", video(30)}, {"b", video(30)}});

  stage.run(6s);

  int beats = 0, changes = 0;
  for (std::size_t i = 1; i < stage.pictures.size(); ++i) {
    ++beats;
    if (stage.pictures[i].list == stage.pictures[i - 1].list) continue;
    // The first change is the first picture itself.
    if (++changes > 1) {
      EXPECT_EQ(beats, 2) << "before picture " << i;
    }
    beats = 0;
  }
  EXPECT_GT(changes, 150);
}

TEST(Show, HasTheNextItemReadyLongBeforeItsTurn) {
  ListOrder order({item("a"), item("b")});
  Stage stage(order, {{"a", video(60)}, {"b", video(60)}});

  stage.run(9s);

  ASSERT_GE(stage.notes.switches.size(), 4u);
  for (std::size_t i = 1; i < stage.notes.switches.size(); ++i) {
    EXPECT_GE(stage.notes.switches[i].ready_before, 500ms);
  }
}

TEST(Show, LeavesAGapWithoutPreroll) {
  ListOrder order({item("a"), item("b")});
  Stage stage(order, {{"a", video(60)}, {"b", video(60)}}, false);

  stage.run(9s);

  ASSERT_GE(stage.notes.switches.size(), 3u);
  EXPECT_LT(stage.notes.switches[1].ready_before, 0ns);
}

TEST(Show, HoldsTheLastFrameWhileTheNextIsLate) {
  ListOrder order({item("a"), item("slow")}, true);
  Script slow = video(30);
  slow.cost.open = 2900ms;  // begun with a's first frame: 900 ms late
  Stage stage(order, {{"a", video(60)}, {"slow", slow}});

  stage.run(2500ms);

  EXPECT_EQ(stage.pictures.back().item, "a");
  EXPECT_EQ(stage.pictures.back().frame, 59);
  stage.run(3s);
  EXPECT_EQ(stage.notes.faults.size(), 0u);
  EXPECT_EQ(order.played["slow"], 1);
}

TEST(Show, SkipsWhatIsNotReadyTwoSecondsAfterItsTurn) {
  ListOrder order({item("a"), item("stuck"), item("b")});
  Script stuck = video(30);
  stuck.cost.open = 1h;
  Stage stage(order, {{"a", video(60)}, {"stuck", stuck}, {"b", video(30)}});

  stage.run(5s);

  ASSERT_EQ(stage.notes.faults.size(), 1u);
  EXPECT_TRUE(stage.notes.faults[0].came_too_late);
  EXPECT_GE(order.played["b"], 0);
  EXPECT_EQ(stage.notes.switches.back().to == "b" || stage.notes.switches.back().to == "a",
            true);
}

TEST(Show, TellsOneFaultOfABrokenItemAndGoesOnWithoutAGap) {
  ListOrder order({item("a"), item("broken"), item("b")});
  Script broken = video(30);
  broken.video.open_fault = Error{ErrorKind::missing, "broken: no such file"};
  Stage stage(order, {{"a", video(60)}, {"broken", broken}, {"b", video(30)}});

  stage.run(10s);

  ASSERT_EQ(stage.notes.faults.size(), 1u);
  EXPECT_EQ(stage.notes.faults[0].error.kind, ErrorKind::missing);
  for (std::size_t i = 1; i < stage.notes.switches.size(); ++i) {
    EXPECT_GE(stage.notes.switches[i].ready_before, 500ms);
  }
}

TEST(Show, CutsToTheNextItemWhenOneBreaksWhileItIsShown) {
  ListOrder order({item("breaks"), item("b")});
  Script breaks = video(60);
  breaks.video.fault_at_frame = 20;
  Stage stage(order, {{"breaks", breaks}, {"b", video(30)}});

  stage.run(4s);

  ASSERT_EQ(stage.notes.faults.size(), 1u);
  ASSERT_FALSE(stage.notes.ends.empty());
  EXPECT_EQ(stage.notes.ends[0].outcome, ItemOutcome::cut_short);
  EXPECT_GE(order.played["b"], 1);
}

TEST(Show, ShowsTheBuiltInCardWhenNothingIsLeft) {
  ListOrder order({item("broken")});
  Script broken;
  broken.video.open_fault = Error{ErrorKind::malformed, "broken: empty"};
  Stage stage(order, {{"broken", broken}});

  stage.run(2s);

  EXPECT_EQ(stage.pictures.back().item, "built-in card");
  EXPECT_FALSE(stage.pictures.back().list.commands.empty());
}

TEST(Show, MixesTwoItemsForTheTimeOfTheCrossfade) {
  const Transition fade{TransitionKind::crossfade, 500ms};
  ListOrder order({item("a", fade), item("b", fade)}, true);
  Stage stage(order, {{"a", video(60)}, {"b", video(60)}});

  stage.run(5s);

  int fading = 0;
  for (const ShowPicture& picture : stage.pictures) fading += picture.fading ? 1 : 0;
  EXPECT_NEAR(fading, 30, 1);
  EXPECT_EQ(stage.notes.ends.size(), 2u);
}

TEST(Show, RestsOnAStillThatFollowsItself) {
  ListOrder order({still("s", 3s)});
  Stage stage(order, {{"s", {{1, 30, {}, {}, true}, {}}}});

  stage.run(10s);

  EXPECT_EQ(stage.notes.switches.size(), 1u);
  EXPECT_EQ(order.played["s"], 3);
  for (std::size_t i = 20; i < stage.pictures.size(); ++i) {
    ASSERT_EQ(stage.pictures[i].list, stage.pictures[19].list);
  }
}

TEST(Show, AsksToBeWokenOnlyWhenAStillIsOver) {
  ListOrder order({still("s", 60s)});
  Stage stage(order, {{"s", {{1, 30, {}, {}, true}, {}}}});
  stage.run(1s);

  const MonotonicTime now = kStart + 1s;

  EXPECT_GT(stage.show.next_change(now), now + 50s);
}

TEST(Show, WantsToBeAskedAtOnceWhenTheNextItemBecameReadyOrFailed) {
  ListOrder order({still("s", 4s), item("b")});
  Script slow = video(30);
  slow.cost.open = 800ms;
  Stage stage(order, {{"s", {{1, 30, {}, {}, true}, {}}}, {"b", slow}});
  stage.run(500ms);
  const MonotonicTime before = kStart + 500ms;
  EXPECT_GT(stage.show.next_change(before), before + 2s);

  stage.prepare_until(kStart + 2s);

  EXPECT_LE(stage.show.next_change(before), before + kPeriod);
}

TEST(Show, ReportsAPlayThatIsBrokenOffByTheEndOfTheShow) {
  ListOrder order({item("a")});
  Stage stage(order, {{"a", video(300)}});
  stage.run(1s);

  stage.show.interrupt(kStart + 1s);

  ASSERT_EQ(stage.notes.ends.size(), 1u);
  EXPECT_EQ(stage.notes.ends[0].outcome, ItemOutcome::interrupted);
  EXPECT_GT(stage.notes.ends[0].frames.shown, 20);
}

TEST(MainRegion, IsScaledFromTheLayoutOfTheOrientation) {
  Layout layout;
  layout.landscape = LayoutVariant{1920, 1080, {{RegionId{"main"}, 0, 0, 1440, 1080}}};
  layout.portrait = LayoutVariant{1080, 1920, {{RegionId{"main"}, 0, 0, 1080, 960}}};

  EXPECT_EQ(main_region({layout}, {1280, 720}), (Rect{0, 0, 960, 720}));
  EXPECT_EQ(main_region({layout}, {540, 960}), (Rect{0, 0, 540, 480}));
  EXPECT_EQ(main_region({}, {540, 960}), (Rect{0, 0, 540, 960}));
}

TEST(VsyncGrid, RoundsADueMomentToTheNearestBeat) {
  const VsyncGrid grid(kStart, 10ms);

  EXPECT_EQ(grid.showing(kStart + 14ms), kStart + 10ms);
  EXPECT_EQ(grid.showing(kStart + 16ms), kStart + 20ms);
  EXPECT_EQ(grid.at_or_after(kStart + 11ms), kStart + 20ms);
  EXPECT_EQ(grid.at_or_after(kStart + 20ms), kStart + 20ms);
}

}  // namespace
}  // namespace conglang::player
