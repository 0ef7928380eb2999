// Plays real clips and reads the composed picture back at every beat.
//
// The beat is virtual and never waits for a decoder: work that costs more time than there
// is shows as a held, missing or black picture. Costs are injected, so that every run is
// the same on any machine.

#include <gtest/gtest.h>

#include <map>

#include "player/canvas/cpu/cpu_canvas.h"
#include "player/stage/card_playable.h"
#include "player/stage/show.h"
#include "tests/player/gap/gap_check.h"
#include "tests/support/show_fakes.h"
#include "tests/support/virtual_workshop.h"

namespace conglang::player {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::nanoseconds kPeriod{1'000'000'000 / 60};
constexpr Size kGlass{640, 360};
const MonotonicTime kStart{std::chrono::hours{1}};

std::string clip_path(const std::string& name) {
  return std::string(CONGLANG_BARCODE_CLIPS_DIR) + "/" + name;
}

ShowItem video(const std::string& name) {
  ShowItem item;
  item.id = ItemId{name};
  item.name = name;
  item.content = ShowVideo{{clip_path(name), {}, 0}, FitMode::contain, SoundUse::none};
  return item;
}

ShowItem still(const std::string& name) {
  ShowItem item = video(name);
  item.content = ShowImage{{clip_path(name), {}, 0}, FitMode::contain};
  item.duration = 1s;
  return item;
}

ShowItem card() {
  ShowItem item;
  item.id = ItemId{"card"};
  item.name = "card";
  item.content = ShowTextCard{{"Đình làng mở hội", {{"en", "The village festival"}}}, {}, {}};
  item.duration = 1s;
  return item;
}

class GapStage {
 public:
  GapStage(std::vector<ShowItem> items, std::map<std::string, WorkCost> costs, bool preroll)
      : order_(std::move(items)),
        costs_(std::move(costs)),
        show_(
            order_, notes,
            [this](const ShowItem& item, Size size, Priming) { return begin(item, size); },
            ShowSettings{kGlass, {}, {200, 0, 200, 255}, kPeriod, preroll}) {
    auto engine = TextEngine::create();
    EXPECT_TRUE(engine.ok()) << "the fonts of fonts-noto-core";
    if (engine) text_ = std::move(*engine);
  }

  void run(std::chrono::nanoseconds time) {
    const WritableFrame glass = make_bgra_frame(kGlass, PixelLayout::bgrx);
    const PixelBuffer target{glass.pixels, glass.stride, kGlass};
    for (MonotonicTime now = kStart; now < kStart + time; now += kPeriod) {
      workshop_.run_until(now);
      const ShowPicture picture = show_.compose(now);
      if (picture.item.empty()) continue;  // before the first item
      const bool first = seen.empty();
      ASSERT_TRUE(canvas_.draw(picture.list, target, first).ok());
      seen.push_back(look_at(glass.pixels, glass.stride, kGlass));
    }
  }

  Notes notes;
  std::vector<SeenPicture> seen;

 private:
  std::shared_ptr<PreparedItem> begin(const ShowItem& item, Size size) {
    const auto whatever = [](const HeldFile&) { return Status{}; };
    const auto cost = costs_.contains(item.name) ? costs_.at(item.name) : WorkCost{};
    if (std::holds_alternative<ShowTextCard>(item.content)) {
      return workshop_.begin(
          make_card_playable(item, {[this]() -> Result<TextEngine*> { return text_.get(); },
                                    CardStyle{}, LanguageChoice::both, whatever, size}),
          cost);
    }
    return workshop_.begin(make_file_playable(item, {whatever, nullptr, size, false}), cost);
  }

  ListOrder order_;
  const std::map<std::string, WorkCost> costs_;
  std::unique_ptr<TextEngine> text_;
  VirtualWorkshop workshop_{kStart};
  CpuCanvas canvas_;
  Show show_;
};

// Video to video, video to image to video, image to text; four codecs, five sizes, three rates.
std::vector<ShowItem> all_kinds() {
  return {video("01-h264-360p30-1s.mp4"),
          video("02-h264-360p30-2s.mp4"),
          video("03-vp9-270p30-1s.webm"),
          still("08-still-720p.png"),
          video("04-mpeg4-240p25-1s.mp4"),
          still("09-still-360p.jpg"),
          card(),
          video("05-h264-180p25-1s.mp4"),
          video("06-hevc-360p30-1s.mp4"),
          video("07-h264-360p60-1s.mp4")};
}

std::vector<ExpectedItem> expected() {
  return {{"01", 1, 30, 30, 0},  {"02", 2, 60, 30, 0}, {"03", 3, 30, 30, 0},
          {"08", 8, 1, 0, 60},   {"04", 4, 25, 25, 0}, {"09", 9, 1, 0, 60},
          {"card", 0, 1, 0, 60}, {"05", 5, 25, 25, 0}, {"06", 6, 30, 30, 0},
          {"07", 7, 60, 60, 0}};
}

// What a slow card reader and a busy machine do, as far as preroll has to absorb it.
std::map<std::string, WorkCost> slow_disk_and_busy_machine() {
  std::map<std::string, WorkCost> costs;
  costs["03-vp9-270p30-1s.webm"].open = 1300ms;  // its turn comes 2 s after it is begun
  costs["05-h264-180p25-1s.mp4"].open = 400ms;
  costs["card"].open = 300ms;
  costs["01-h264-360p30-1s.mp4"].frame = [](std::int64_t frame) {
    return frame % 10 == 5 ? 90ms : 8ms;  // now and then a frame takes three times its time
  };
  costs["07-h264-360p60-1s.mp4"].frame = [](std::int64_t frame) {
    return frame % 20 == 7 ? 40ms : 5ms;
  };
  return costs;
}

std::string words_of(const GapReport& report) {
  std::string words;
  for (const std::string& fault : report.faults) words += fault + "\n";
  return words;
}

constexpr auto kSevenRounds = 78s;  // eleven seconds each

TEST(Gap, ShowsEveryFrameInItsTimeOverSixtySwitches) {
  GapStage stage(all_kinds(), slow_disk_and_busy_machine(), true);

  stage.run(kSevenRounds);

  const GapReport report = check_gaps(expected(), stage.seen);
  EXPECT_GE(report.switches, 60);
  EXPECT_TRUE(report.clean()) << words_of(report);
  EXPECT_TRUE(stage.notes.faults.empty());
}

TEST(Gap, HasEachNextItemReadyHalfASecondBeforeItsTurn) {
  GapStage stage(all_kinds(), slow_disk_and_busy_machine(), true);

  stage.run(kSevenRounds);

  ASSERT_GE(stage.notes.switches.size(), 60u);
  for (std::size_t i = 1; i < stage.notes.switches.size(); ++i) {
    EXPECT_GE(stage.notes.switches[i].ready_before, 500ms) << stage.notes.switches[i].to;
  }
}

TEST(Gap, IsSeenByTheSameCheckWhenPrerollIsSwitchedOff) {
  GapStage stage(all_kinds(), slow_disk_and_busy_machine(), false);

  stage.run(kSevenRounds);

  const GapReport report = check_gaps(expected(), stage.seen);
  EXPECT_GT(report.repeated, 100);
  EXPECT_EQ(report.black, 0);  // the last frame is held even then
  EXPECT_LT(stage.notes.switches.at(2).ready_before, 0ns);
}

TEST(Gap, LoopsASingleFileWithoutASeam) {
  GapStage stage({video("01-h264-360p30-1s.mp4")}, {}, true);

  stage.run(20s);

  const GapReport report = check_gaps({{"01", 1, 30, 30, 0}}, stage.seen);
  EXPECT_GE(report.switches, 18);
  EXPECT_TRUE(report.clean()) << words_of(report);
}

TEST(Gap, IsNeverBlackWhenTheNextItemFailsShortlyBeforeItsTurn) {
  std::vector<ShowItem> items{video("02-h264-360p30-2s.mp4"), video("missing.mp4"),
                              video("01-h264-360p30-1s.mp4"), still("09-still-360p.jpg")};
  std::map<std::string, WorkCost> costs;
  costs["missing.mp4"].open = 1950ms;  // 50 ms before the end of the clip before it
  GapStage stage(items, costs, true);

  stage.run(10s);

  ASSERT_EQ(stage.notes.faults.size(), 1u);
  EXPECT_EQ(stage.notes.faults[0].error.kind, ErrorKind::missing);
  for (const SeenPicture& picture : stage.seen) {
    ASSERT_EQ(picture.what, PictureSeen::barcode);
  }
  ASSERT_GE(stage.notes.switches.size(), 3u);
  EXPECT_GT(stage.notes.switches[1].ready_before, -200ms);
}

}  // namespace
}  // namespace conglang::player
