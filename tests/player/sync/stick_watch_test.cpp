#include "player/sync/stick_watch.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "playlists/trust/verified_target.h"
#include "tests/player/store/content_crash_folder.h"
#include "tests/player/store/content_files.h"
#include "tests/player/sync/fake_keeper.h"
#include "tests/player/sync/fake_office.h"
#include "tests/support/office_folder.h"

namespace conglang::player {
namespace {

using Names = std::vector<std::string>;
using std::chrono::seconds;

const std::string kFilm(5000, 'f');
const std::string kOld = "shown before";

class StickWatchTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_.put(repository_path(asset_of(kOld)), kOld);
    store_.emplace(std::move(ContentStore::open(folder_, {1 << 20, 0})).value());
    keeper_.shown = {asset_of(kOld)};
    keeper_.next = {asset_of(kFilm)};
    records_.waiting = {{7, "{7}"}};
    StickRules rules;
    rules.bytes_at_once = 700;
    rules.keep_free = 0;
    watch_.emplace(
        StickWatch::Parts{{media_.path().string()}, *store_, keeper_, records_, "k1", rules});
  }

  void plug_in(const std::string& name, const std::string& film = kFilm) {
    media_.write(name + "/repository/" + kTimestamp, "{\"of\":\"" + name + "\"}");
    media_.write(name + "/repository/" + repository_path(asset_of(kFilm)), film);
    keeper_.is_news = true;
  }
  void pull_out(const std::string& name) { std::filesystem::remove_all(media_ / name); }

  void run(std::chrono::nanoseconds most) {
    const MonotonicTime until = now_ + most;
    do {
      ASSERT_LT(++steps_, 20'000) << "it never rests";
      const StickNews news = watch_->step({}, now_);
      if (news.show) ++shown_;
      at_once_ = at_once_ || news.at_once;
      for (const SyncEvent& event : news.events) events_.push_back(event.name);
      if (news.report) reports_.push_back(*news.report);
      now_ = std::max(now_ + Milliseconds{1}, news.look_again);
    } while (now_ < until);
  }

  OfficeFolder media_;
  ContentCrashFolder folder_;
  std::optional<ContentStore> store_;
  FakeKeeper keeper_;
  FakeRecords records_;
  std::optional<StickWatch> watch_;
  MonotonicTime now_{seconds(1000)};
  Names events_;
  std::vector<StickReport> reports_;
  int shown_ = 0, steps_ = 0;
  bool at_once_ = false;
};

TEST_F(StickWatchTest, TakesWhatAStickBringsAndLeavesTheRecordsOnIt) {
  run(seconds(10));
  EXPECT_EQ(shown_, 0);
  plug_in("usb");

  run(seconds(10));

  EXPECT_EQ(keeper_.adopted, 1);
  EXPECT_EQ(bytes_of(media_ / "usb/records/records-k1-000000000007.json"), "{7}");
  ASSERT_EQ(reports_.size(), 1u);
  EXPECT_TRUE(reports_[0].is_ours);
  EXPECT_EQ(reports_[0].batches, 1u);
  EXPECT_EQ(reports_[0].trouble, "");
  EXPECT_TRUE(events_.empty());
}

TEST_F(StickWatchTest, ReadsAStickThatStaysOnceAndAgainWhenItBringsAnotherPublication) {
  plug_in("usb");
  run(seconds(300));
  const int looks = keeper_.looks;

  run(seconds(300));
  EXPECT_EQ(keeper_.looks, looks);

  media_.write(std::string("usb/repository/") + kTimestamp, "{\"newer\":true}");
  run(seconds(10));
  EXPECT_GT(keeper_.looks, looks);
}

TEST_F(StickWatchTest, ReadsAStickAgainThatWasAwayForAWhile) {
  plug_in("usb");
  run(seconds(10));
  pull_out("usb");
  run(seconds(10));
  const int looks = keeper_.looks;

  plug_in("usb");
  run(seconds(10));

  EXPECT_GT(keeper_.looks, looks);
}

TEST_F(StickWatchTest, GoesOnWhenAStickIsPulledOutInTheMiddle) {
  plug_in("usb");
  for (int step = 0; step < 4; ++step) watch_->step({}, now_);
  // A file that is open already ends early; a real stick says EIO.
  std::filesystem::resize_file(media_ / ("usb/repository/" + repository_path(asset_of(kFilm))),
                               900);
  pull_out("usb");

  run(seconds(10));

  EXPECT_EQ(keeper_.adopted, 0);
  EXPECT_EQ(folder_.files().at(repository_path(asset_of(kOld))), kOld);
  plug_in("usb");
  run(seconds(70));
  EXPECT_EQ(keeper_.adopted, 1);
}

TEST_F(StickWatchTest, TellsATroubleOnceAndThatItIsOverWhenTheStickGoes) {
  plug_in("usb", std::string(5000, '!'));
  run(seconds(300));
  EXPECT_EQ(events_, (Names{"wrong-hash"}));
  EXPECT_EQ(reports_.size(), 1u) << "a card is shown once, however often it is tried";

  pull_out("usb");
  run(seconds(10));

  EXPECT_EQ(events_, (Names{"wrong-hash", "recovered"}));
}

TEST_F(StickWatchTest, TriesAgainWhileTheStickStays) {
  plug_in("usb", std::string(100, '!'));
  run(seconds(10));
  ASSERT_EQ(events_, (Names{"missing"}));

  media_.write("usb/repository/" + repository_path(asset_of(kFilm)), kFilm);
  run(seconds(70));

  EXPECT_EQ(keeper_.adopted, 1);
  EXPECT_EQ(events_, (Names{"missing", "recovered"}));
}

TEST_F(StickWatchTest, LeavesNothingOnAStickOfAnotherOffice) {
  plug_in("usb");
  keeper_.faults = {{TrustFault::bad_signature, "timestamp", "no good signature"}};
  keeper_.is_news = false;

  run(seconds(10));

  EXPECT_EQ(events_, (Names{"bad-signature"}));
  EXPECT_FALSE(std::filesystem::exists(media_ / "usb/records"));
  ASSERT_EQ(reports_.size(), 1u);
  EXPECT_FALSE(reports_[0].is_ours);
}

TEST_F(StickWatchTest, LeavesTheRecordsAlsoOnAnOldStickOfOurs) {
  plug_in("usb");
  keeper_.faults = {{TrustFault::rollback, "timestamp", "version 3 is older than 5"}};
  keeper_.is_news = false;

  run(seconds(10));

  EXPECT_EQ(keeper_.adopted, 0);
  EXPECT_TRUE(std::filesystem::exists(media_ / "usb/records/records-k1-000000000007.json"));
}

TEST_F(StickWatchTest, WritesThroughNoLinkOfTheStick) {
  OfficeFolder elsewhere;
  plug_in("usb");
  std::filesystem::create_directory_symlink(elsewhere.path(), media_ / "usb/records");

  run(seconds(10));

  EXPECT_EQ(events_, (Names{"unsupported"}));
  EXPECT_TRUE(std::filesystem::is_empty(elsewhere.path()));
  EXPECT_EQ(keeper_.adopted, 1) << "what it brings is good all the same";
}

TEST_F(StickWatchTest, DoesNotWaitForAPipeInPlaceOfAFile) {
  plug_in("usb");
  std::filesystem::create_directories(media_ / "usb/records");
  const std::string name = export_name("k1", 7);
  for (const std::string& pipe : {name, name + ".new"}) {
    ASSERT_EQ(::mkfifo((media_ / ("usb/records/" + pipe)).c_str(), 0600), 0);
  }

  run(seconds(10));

  EXPECT_EQ(keeper_.adopted, 1);
  EXPECT_EQ(events_, (Names{"storage"}));
}

TEST_F(StickWatchTest, LooksAtNoLinkAmongTheSticksAndAtNoMoreThanAFew) {
  OfficeFolder elsewhere;
  elsewhere.write(std::string("repository/") + kTimestamp, "{}");
  std::filesystem::create_directory_symlink(elsewhere.path(), media_ / "link");
  EXPECT_TRUE(find_sticks({media_.path().string()}).empty());

  for (int stick = 0; stick < 40; ++stick) plug_in("usb" + std::to_string(stick));
  EXPECT_EQ(find_sticks({media_.path().string(), (media_ / "nowhere").string()}).size(), 16u);
}

TEST_F(StickWatchTest, NamesATimestampWithoutEnd) {
  media_.write(std::string("usb/repository/") + kTimestamp, std::string(200'000, ' '));

  run(seconds(10));

  EXPECT_EQ(events_, (Names{"missing"})) << "the fake keeper calls all it cannot read so";
  EXPECT_EQ(keeper_.adopted, 0);
}

TEST_F(StickWatchTest, HidesAtOnceAlsoFromAStick) {
  plug_in("usb");
  keeper_.hides = true;

  run(seconds(5));

  EXPECT_TRUE(at_once_);
}

}  // namespace
}  // namespace conglang::player
