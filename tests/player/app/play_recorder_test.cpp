#include "player/app/play_recorder.h"

#include <gtest/gtest.h>

namespace conglang::player {
namespace {

using namespace std::chrono_literals;

const MonotonicTime kNow{std::chrono::hours{2}};
const Instant kWall{std::chrono::hours{24 * 365 * 55}};

class FixedClock final : public Clock {
 public:
  Instant now() const override { return kWall; }
  MonotonicTime monotonic() const override { return kNow; }
};

class KeptRecords final : public PlayLogWriter {
 public:
  Status write(std::span<const PlayRecord> records) override {
    kept.insert(kept.end(), records.begin(), records.end());
    return {};
  }
  std::vector<Event> take_events() override { return {}; }

  std::vector<PlayRecord> kept;
};

class Recorder : public testing::Test {
 protected:
  std::vector<PlayRecord> records() {
    log_.flush(kNow);
    return writer_.kept;
  }

  ShowItem item(const std::string& id) const {
    ShowItem made;
    made.id = ItemId{id};
    made.name = "asset-" + id;
    return made;
  }

  ItemFault fault(const std::string& id) const {
    return {item(id), {ErrorKind::missing, id + ": gone"}, false, false, "6"};
  }

  FixedClock clock_;
  KeptRecords writer_;
  PlayLog log_{writer_};
  std::vector<Event> told_;
  PlayRecorder recorder_{{clock_, log_, ClockTrust::network,
                          [this](const Event& event) { told_.push_back(event); }}};
};

TEST_F(Recorder, SaysWhatWhenAndHowLong) {
  recorder_.ended(
      {item("a"), kNow - 10s, kNow - 2s, {240, 1, 2, 0}, ItemOutcome::completed, "", "7"});

  const auto kept = records();
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].item, ItemId{"a"});
  EXPECT_EQ(kept[0].asset, "asset-a");
  EXPECT_EQ(kept[0].programme_version, "7");
  EXPECT_EQ(kept[0].clock_trust, "network");
  EXPECT_EQ(kept[0].started_wall, kWall - 10s);
  EXPECT_EQ(kept[0].shown, 8s);
  EXPECT_EQ(kept[0].frames_shown, 240);
  EXPECT_EQ(kept[0].frames_late, 3);
  EXPECT_EQ(kept[0].outcome, PlayOutcome::completed);
}

TEST_F(Recorder, TellsABrokenItemOnceUntilItHasPlayedAgain) {
  recorder_.fault(fault("a"));
  recorder_.fault(fault("a"));
  EXPECT_EQ(told_.size(), 1u);

  recorder_.ended({item("a"), kNow - 1s, kNow, {}, ItemOutcome::completed, "", "7"});
  recorder_.fault(fault("a"));

  EXPECT_EQ(told_.size(), 2u);
  EXPECT_EQ(told_[0].kind, EventKind::missing);
  EXPECT_EQ(told_[0].subject, "asset-a");
}

TEST_F(Recorder, NamesAnItemThatCameTooLate) {
  ItemFault late = fault("a");
  late.came_too_late = true;

  recorder_.fault(late);

  EXPECT_EQ(told_[0].kind, EventKind::too_late);
  const auto kept = records();
  EXPECT_EQ(kept[0].outcome, PlayOutcome::skipped);
  EXPECT_EQ(kept[0].programme_version, "6");
}

TEST_F(Recorder, MakesOneRecordOfAnItemThatBrokeWhileItWasShown) {
  ItemFault broke = fault("a");
  broke.was_shown = true;
  recorder_.fault(broke);
  recorder_.ended({item("a"), kNow - 1s, kNow, {}, ItemOutcome::cut_short, "a: gone", "7"});

  const auto kept = records();
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].outcome, PlayOutcome::failed);
  EXPECT_EQ(kept[0].reason, "a: gone");
}

}  // namespace
}  // namespace conglang::player
