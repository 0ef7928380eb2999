#include "player/app/status_command.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>

#include "player/report/play_spool.h"
#include "playlists/base/json.h"

namespace conglang::player {
namespace {

namespace fs = std::filesystem;

class StatusCommand : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "status-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    options_.data_folder = name;
    options_.plays = true;
  }
  void TearDown() override { fs::remove_all(options_.data_folder); }

  void keep(const std::vector<PlayRecord>& plays) {
    ASSERT_TRUE(PlaySpool(plays_path(options_.data_folder)).write(plays));
  }

  int run() { return run_status(options_, out_, err_); }

  StatusOptions options_;
  std::ostringstream out_;
  std::ostringstream err_;
};

PlayRecord play(const char* item) {
  PlayRecord record;
  record.id = "one";
  record.item = ItemId{item};
  record.asset = "lễ-hội.mp4";
  record.started_wall = *parse_instant("2026-11-23T08:00:00.250Z");
  record.clock_trust = "network";
  record.shown = Milliseconds{8000};
  record.frames_shown = 240;
  record.frames_late = 2;
  record.outcome = PlayOutcome::failed;
  record.reason = "undecodable";
  return record;
}

TEST_F(StatusCommand, WritesEveryFieldOfAPlayAsJson) {
  keep({play("harvest")});
  options_.json = true;

  ASSERT_EQ(run(), 0);

  const auto status = parse_json(out_.str());
  ASSERT_TRUE(status);
  ASSERT_EQ(status->find("plays")->array()->size(), 1u);
  const JsonValue& shown = status->find("plays")->array()->front();
  EXPECT_EQ(*shown.find("item")->string(), "harvest");
  EXPECT_EQ(*shown.find("asset")->string(), "lễ-hội.mp4");
  EXPECT_EQ(*shown.find("started")->string(), "2026-11-23T08:00:00.250Z");
  EXPECT_EQ(*shown.find("clock_trust")->string(), "network");
  EXPECT_EQ(*shown.find("shown_ms")->integer(), 8000);
  EXPECT_EQ(*shown.find("frames_shown")->integer(), 240);
  EXPECT_EQ(*shown.find("frames_late")->integer(), 2);
  EXPECT_EQ(*shown.find("outcome")->string(), "failed");
  EXPECT_EQ(*shown.find("reason")->string(), "undecodable");
  EXPECT_EQ(*status->find("plays_stored")->integer(), 1);
}

TEST_F(StatusCommand, WritesATableForPeople) {
  keep({play("harvest")});

  ASSERT_EQ(run(), 0);

  EXPECT_NE(out_.str().find("failed      harvest (lễ-hội.mp4): undecodable"), std::string::npos)
      << out_.str();
  EXPECT_NE(out_.str().find("1 plays stored, 0 dropped"), std::string::npos);
}

TEST_F(StatusCommand, ShowsTheNewestPlaysUpToTheLimit) {
  keep({play("first"), play("second"), play("third")});
  options_.limit = 2;

  ASSERT_EQ(run(), 0);

  EXPECT_EQ(out_.str().find("first"), std::string::npos);
  EXPECT_LT(out_.str().find("second"), out_.str().find("third"));
}

TEST_F(StatusCommand, GivesTheTotalsAloneWithoutPlays) {
  keep({play("harvest")});
  options_.plays = false;
  options_.json = true;

  ASSERT_EQ(run(), 0);

  EXPECT_EQ(parse_json(out_.str())->find("plays"), nullptr);
  EXPECT_EQ(*parse_json(out_.str())->find("plays_stored")->integer(), 1);
}

TEST_F(StatusCommand, StaysValidJsonWhateverAFileIsCalled) {
  PlayRecord record = play("a");
  record.asset = "\xff\x1b[31m\n.mp4";
  keep({record});
  options_.json = true;

  ASSERT_EQ(run(), 0);

  const auto status = parse_json(out_.str());
  ASSERT_TRUE(status);
  EXPECT_EQ(*status->find("plays")->array()->front().find("asset")->string(),
            R"(\xff\x1b[31m\x0a.mp4)");
}

TEST_F(StatusCommand, SaysThatNothingWasPlayedYet) {
  EXPECT_EQ(run(), 1);

  EXPECT_NE(err_.str().find("plays.db: no play log here yet"), std::string::npos);
  EXPECT_TRUE(out_.str().empty());
}

}  // namespace
}  // namespace conglang::player
