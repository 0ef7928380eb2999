// The real render loop in virtual time: the clock moves only when the loop rests or presents.
#include "player/app/show_loop.h"

#include <gtest/gtest.h>

#include "player/canvas/record/record_canvas.h"
#include "tests/support/fake_playable.h"
#include "tests/support/show_fakes.h"
#include "tests/support/virtual_workshop.h"

namespace conglang::player {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::nanoseconds kPeriod{1'000'000'000 / 60};
const MonotonicTime kStart{std::chrono::hours{1}};

class VirtualClock final : public Clock {
 public:
  Instant now() const override { return {}; }
  MonotonicTime monotonic() const override { return time; }
  MonotonicTime time = kStart;
};

// Resting lets the workers work; news from them ends the rest, as on a real screen.
class VirtualScreen final : public Screen {
 public:
  VirtualScreen(VirtualClock& clock, VirtualWorkshop& workshop)
      : clock_(clock), workshop_(workshop) {}

  Size size() const override { return {40, 20}; }
  Result<PixelBuffer> buffer() override { return PixelBuffer{nullptr, 160, size()}; }
  bool content_lost() override { return std::exchange(lost, false); }
  Result<MonotonicTime> present(std::span<const Rect> /*damage*/, MonotonicTime due) override {
    clock_.time = std::max(clock_.time, due);
    workshop_.run_until(clock_.time);
    presents.push_back(clock_.time);
    return clock_.time;
  }
  std::chrono::nanoseconds period() const override { return kPeriod; }
  ScreenEvents wait_until(MonotonicTime moment) override {
    ++rests;
    woken_ = false;
    while (clock_.time < moment && !woken_) {
      clock_.time = std::min(moment, clock_.time + 1ms);
      workshop_.run_until(clock_.time);
      if (expose_at && clock_.time >= *expose_at) {
        expose_at.reset();
        events.exposed = lost = woken_ = true;
      }
    }
    return std::exchange(events, {});
  }
  DisplayPower& power() override { return power_; }
  void wake() override { woken_ = true; }

  ScreenEvents events;
  bool lost = true;
  std::optional<MonotonicTime> expose_at;
  int rests = 0;
  std::vector<MonotonicTime> presents;

 private:
  VirtualClock& clock_;
  VirtualWorkshop& workshop_;
  NoDisplayPower power_;
  bool woken_ = false;
};

ShowItem item(const std::string& name) {
  ShowItem made;
  made.id = ItemId{name};
  made.name = name;
  made.content = ShowVideo{{name, {}, 0}, FitMode::contain, SoundUse::none};
  return made;
}

class LoopStage {
 public:
  LoopStage(std::vector<ShowItem> items, FakeVideo video, bool once)
      : order_(std::move(items), once),
        video_(video),
        show_(
            order_, notes, [this](const ShowItem&, Size, Priming) { return begin(); },
            ShowSettings{{40, 20}, {}, {10, 20, 30, 255}, kPeriod, true}) {}

  void run(std::chrono::nanoseconds time, std::vector<MonotonicTime> captures = {}) {
    const std::atomic<bool> stop = false;
    run_show({clock, screen, canvas, show_, Turn::none, nullptr,
              [this](PixelBuffer) { captured.push_back(clock.time); }, [](const Event&) {}},
             {clock.time + time, std::move(captures)}, stop);
  }

  VirtualClock clock;
  VirtualWorkshop workshop{kStart};
  VirtualScreen screen{clock, workshop};
  RecordCanvas canvas;
  Notes notes;
  std::vector<MonotonicTime> captured;

 private:
  std::shared_ptr<PreparedItem> begin() {
    return workshop.begin(std::make_unique<FakePlayable>(video_), {},
                          [this] { screen.wake(); });
  }

  ListOrder order_;
  const FakeVideo video_;
  Show show_;
};

TEST(ShowLoop, PresentsEachFrameOnceAtItsBeat) {
  LoopStage stage({item("a"), item("b")}, {60, 30, {}, {}, false}, true);

  stage.run(10s);

  ASSERT_EQ(stage.screen.presents.size(), 121u);  // the background comes before them
  for (std::size_t i = 2; i < stage.screen.presents.size(); ++i) {
    const auto held = stage.screen.presents[i] - stage.screen.presents[i - 1];
    EXPECT_NEAR(static_cast<double>(held.count()), 33'333'333.0, 10'000.0) << i;
  }
}

TEST(ShowLoop, RestsWhileAStillIsShown) {
  ShowItem still = item("s");
  still.duration = 20s;
  LoopStage stage({still}, {1, 30, {}, {}, true}, false);

  stage.run(60s);

  EXPECT_EQ(stage.screen.presents.size(), 2u);  // the background, the still
  EXPECT_LT(stage.screen.rests, 30);
}

TEST(ShowLoop, TakesPicturesWithoutDisturbingWhatComesNext) {
  ShowItem still = item("s");
  still.duration = 5s;
  ShowItem other = still;
  other.id = ItemId{"t"};
  LoopStage stage({still, other}, {1, 30, {}, {}, true}, false);

  stage.run(20s, {kStart + 1s, kStart + 7s});

  ASSERT_EQ(stage.captured.size(), 2u);
  EXPECT_GE(stage.captured[1], kStart + 7s);
  EXPECT_LT(stage.captured[1], kStart + 7s + 20ms);
  EXPECT_TRUE(stage.notes.faults.empty());
  ASSERT_GE(stage.notes.ends.size(), 3u);
  EXPECT_EQ(stage.notes.ends[0].ended - stage.notes.ends[0].started, 5s);
}

TEST(ShowLoop, DrawsAgainWhatTheWindowLost) {
  ShowItem still = item("s");
  still.duration = 60s;
  LoopStage stage({still}, {1, 30, {}, {}, true}, false);
  stage.screen.expose_at = kStart + 1s;

  stage.run(2s);

  EXPECT_EQ(stage.screen.presents.size(), 3u);  // the background, the still, the still again
}

TEST(ShowLoop, EndsWhenTheWindowIsClosed) {
  LoopStage stage({item("a")}, {3000, 30, {}, {}, false}, false);
  stage.screen.events.quit = true;

  stage.run(60s);

  EXPECT_LT(stage.clock.time, kStart + 1s);
}

}  // namespace
}  // namespace conglang::player
