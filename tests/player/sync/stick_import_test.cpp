#include "player/sync/stick_import.h"

#include <gtest/gtest.h>

#include "playlists/trust/verified_target.h"
#include "tests/player/store/content_crash_folder.h"
#include "tests/player/store/content_files.h"
#include "tests/player/sync/fake_keeper.h"
#include "tests/support/office_folder.h"

namespace conglang::player {
namespace {

using Names = std::vector<std::string>;

const std::string kOld = "shown before";
const std::string kFilm(5000, 'f');
const std::string kCard = "a small picture";

std::string path_of(const std::string& bytes) { return repository_path(asset_of(bytes)); }

std::string on_stick(const std::string& path) { return "repository/" + path; }

TEST(PlanCopies, TakesWhatHasTheSignedLengthTheSmallestFirst) {
  const TargetFile film = asset_of(kFilm), card = asset_of(kCard), old = asset_of(kOld);

  const StickPlan plan = plan_copies(
      {film, card, old}, {{film.sha256, 5000}, {card.sha256, 15}, {old.sha256, 11}});

  EXPECT_EQ(plan, (StickPlan{{card, film}, {old}}));
}

class StickImportTest : public testing::Test {
 protected:
  void SetUp() override {
    stick_.write(on_stick(kTimestamp), "{}");
    stick_.write(on_stick(path_of(kFilm)), kFilm);
    stick_.write(on_stick(path_of(kCard)), kCard);
    folder_.put(path_of(kOld), kOld);
    keeper_.shown = {asset_of(kOld)};
    keeper_.next = {asset_of(kFilm), asset_of(kCard)};
    keeper_.is_news = true;
    open({1 << 20, 0});
  }

  void open(ContentRules rules) {
    store_.emplace(std::move(ContentStore::open(folder_, rules)).value());
    begin();
  }
  void begin() {
    import_.emplace(StickImport::Parts{stick_.path().string(), *store_, keeper_});
  }

  void run(int most_steps = 1000) {
    for (int step = 0; step < most_steps; ++step) {
      const ImportNews news = import_->step({}, 700);
      if (news.show) ++shown_;
      for (const SyncEvent& event : news.events) events_.push_back(event.name);
      copied_ = news.copied;
      if (news.is_over) return;
    }
  }

  OfficeFolder stick_;
  ContentCrashFolder folder_;
  FakeKeeper keeper_;
  std::optional<ContentStore> store_;
  std::optional<StickImport> import_;
  Names events_;
  int shown_ = 0;
  std::int64_t copied_ = 0;
};

TEST_F(StickImportTest, TakesAWholePublication) {
  run();

  EXPECT_EQ(keeper_.adopted, 1);
  EXPECT_EQ(shown_, 1);
  EXPECT_EQ(folder_.files().at(path_of(kFilm)), kFilm);
  EXPECT_EQ(copied_, 5015);
  EXPECT_TRUE(events_.empty());
}

TEST_F(StickImportTest, PutsAFileOfWhatIsShownBackIntoTheShow) {
  keeper_.is_news = false;
  folder_ = ContentCrashFolder();
  open({1 << 20, 0});
  stick_.write(on_stick(path_of(kOld)), kOld);

  run();
  EXPECT_EQ(keeper_.given_again, 1);
  EXPECT_EQ(shown_, 1);

  begin();
  run();
  EXPECT_EQ(shown_, 1) << "nothing came";
}

TEST_F(StickImportTest, KeepsWhatIsShownWhenAFileIsLacking) {
  std::filesystem::remove(stick_ / on_stick(path_of(kFilm)));

  run();

  EXPECT_EQ(keeper_.adopted, 0);
  EXPECT_EQ(events_, (Names{"missing"}));
  EXPECT_TRUE(store_->holds(asset_of(kCard))) << "what there is need not come again";
}

TEST_F(StickImportTest, GivesNoNameToOtherBytesOfTheSameLength) {
  stick_.write(on_stick(path_of(kFilm)), std::string(5000, '!'));

  run();

  EXPECT_EQ(keeper_.adopted, 0);
  EXPECT_EQ(events_, (Names{"wrong-hash"}));
  EXPECT_EQ(folder_.files().count(path_of(kFilm)), 0u);
}

TEST_F(StickImportTest, FollowsNoLinkOfTheStick) {
  const std::filesystem::path film = stick_ / on_stick(path_of(kFilm));
  std::filesystem::rename(film, stick_ / "film");
  std::filesystem::create_symlink(stick_ / "film", film);

  run();

  EXPECT_EQ(keeper_.adopted, 0);
  EXPECT_EQ(events_, (Names{"missing"}));
}

TEST_F(StickImportTest, LeavesAPartAndNothingElseWhenTheStickIsPulledOut) {
  run(4);
  std::filesystem::resize_file(stick_ / on_stick(path_of(kFilm)), 900);
  run();
  EXPECT_EQ(events_, (Names{"cut"}));
  EXPECT_EQ(folder_.files().count(path_of(kFilm)), 0u);

  stick_.write(on_stick(path_of(kFilm)), kFilm);
  begin();
  run();

  EXPECT_EQ(keeper_.adopted, 1);
  EXPECT_EQ(folder_.files().at(path_of(kFilm)), kFilm);
}

TEST_F(StickImportTest, NamesFaultsOfTheStick) {
  keeper_.faults = {{TrustFault::rollback, "timestamp", "version 3 is older than 5"}};
  keeper_.is_news = false;

  run();

  EXPECT_EQ(events_, (Names{"rollback"}));
  EXPECT_EQ(keeper_.adopted, 0);
}

TEST_F(StickImportTest, HidesAtOnceAlsoFromAStick) {
  keeper_.hides = true;

  EXPECT_TRUE(import_->step({}, 700).show);
}

TEST_F(StickImportTest, SaysThatTheDiskIsTooSmall) {
  open({100, 0});

  run();

  EXPECT_EQ(events_, (Names{"no-space"}));
  EXPECT_EQ(keeper_.adopted, 0);
  EXPECT_EQ(folder_.files().at(path_of(kOld)), kOld);
}

TEST_F(StickImportTest, IsOverAtOnceWithoutAStick) {
  import_.emplace(StickImport::Parts{(stick_ / "nowhere").string(), *store_, keeper_});

  run();

  EXPECT_EQ(keeper_.adopted, 0);
  EXPECT_EQ(events_, (Names{"missing"}));
}

}  // namespace
}  // namespace conglang::player
