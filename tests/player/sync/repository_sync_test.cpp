#include "player/sync/repository_sync.h"

#include <gtest/gtest.h>

#include "playlists/trust/verified_target.h"
#include "tests/player/store/content_crash_folder.h"
#include "tests/player/store/content_files.h"
#include "tests/player/sync/fake_keeper.h"
#include "tests/support/fake_http.h"

namespace conglang::player {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Names = std::vector<std::string>;

const std::string kOld(3000, 'o');
const std::string kFilm(5000, 'f');
const std::string kCard = "a small picture";

class RepositorySyncTest : public testing::Test {
 protected:
  void SetUp() override {
    http_.files[kTimestamp] = "{}";
    for (const std::string& bytes : {kOld, kFilm, kCard}) http_.files[path_of(bytes)] = bytes;
    folder_.put(path_of(kOld), kOld);
    keeper_.shown = files_of({kOld});
    open({1 << 20, 0});
  }

  static std::string path_of(const std::string& bytes) {
    return repository_path(asset_of(bytes));
  }
  static std::vector<TargetFile> files_of(std::initializer_list<std::string> all) {
    std::vector<TargetFile> files;
    for (const std::string& bytes : all) files.push_back(asset_of(bytes));
    return files;
  }

  void open(ContentRules rules) {
    sync_.reset();
    store_.emplace(std::move(ContentStore::open(folder_, rules)).value());
    sync_.emplace(RepositorySync::Parts{
        http_, *store_, keeper_, {}, [] { return 0.5; }, RepositoryRules{}});
  }

  void publish(std::initializer_list<std::string> all) {
    keeper_.next = files_of(all);
    keeper_.is_news = true;
  }

  void run(std::chrono::nanoseconds most) {
    const MonotonicTime until = http_.now + most;
    do {
      const RepositoryNews news = sync_->step({}, http_.now);
      ASSERT_LT(++steps_, 200'000) << "it never rests";
      if (news.show) ++shown_;
      for (const SyncEvent& event : news.events) events_.push_back(event.name);
      if (news.look_again <= http_.now) continue;
      const auto rest =
          std::min<std::chrono::nanoseconds>(news.look_again - http_.now, seconds(1));
      http_.work(std::chrono::ceil<Milliseconds>(rest));
    } while (http_.now < until);
  }

  FakeHttp http_;
  ContentCrashFolder folder_;
  FakeKeeper keeper_;
  std::optional<ContentStore> store_;
  std::optional<RepositorySync> sync_;
  Names events_;
  int shown_ = 0, steps_ = 0;
};

TEST_F(RepositorySyncTest, LooksOnceAMinute) {
  run(minutes(10) + seconds(1));

  EXPECT_EQ(keeper_.looks, 11);
  EXPECT_EQ(shown_, 0);
  EXPECT_TRUE(events_.empty());
}

TEST_F(RepositorySyncTest, SwitchesOnlyWhenTheWholeProgrammeIsHere) {
  publish({kFilm, kCard});
  keeper_.on_adopt = [&] {
    EXPECT_EQ(folder_.files()[path_of(kFilm)], kFilm);
    EXPECT_EQ(folder_.files()[path_of(kCard)], kCard);
  };

  run(minutes(1));

  EXPECT_EQ(keeper_.adopted, 1);
  EXPECT_EQ(shown_, 1);
}

TEST_F(RepositorySyncTest, KeepsWhatIsShownWhileOneFileDoesNotCome) {
  publish({kFilm, kCard});
  const std::string film = http_.files.at(path_of(kFilm));
  http_.files.erase(path_of(kFilm));

  run(hours(1));
  EXPECT_EQ(keeper_.adopted, 0);
  EXPECT_EQ(folder_.files().at(path_of(kOld)), kOld);
  EXPECT_EQ(events_, (Names{"status"})) << "one cause is told once";

  http_.files[path_of(kFilm)] = film;
  run(minutes(6));
  EXPECT_EQ(keeper_.adopted, 1);
  EXPECT_EQ(events_, (Names{"status", "recovered"}));
}

TEST_F(RepositorySyncTest, HidesBeforeItDownloads) {
  keeper_.hides = true;
  publish({kFilm});

  const RepositoryNews news = sync_->step({}, http_.now);

  EXPECT_TRUE(news.show);
  EXPECT_EQ(keeper_.adopted, 0);
}

TEST_F(RepositorySyncTest, HidesAtOnceWhileALargeFileIsComing) {
  http_.on_the_way = [&](const HttpRequest& request) -> std::optional<FakeAnswer> {
    if (request.path != "/repository/" + path_of(kFilm)) return std::nullopt;
    FakeAnswer answer = FakeHttp::file_answer(request, kFilm);
    answer.bytes_per_second = 1100;
    return answer;
  };
  publish({kFilm});
  run(seconds(2));
  keeper_.hides = true;

  sync_->hurry();
  const RepositoryNews news = sync_->step({}, http_.now);
  EXPECT_TRUE(news.show) << "2 s after the last look";

  run(seconds(5));
  EXPECT_EQ(keeper_.adopted, 1);
  EXPECT_EQ(http_.count("GET /repository/" + path_of(kFilm)), 1) << "the download went on";
}

TEST_F(RepositorySyncTest, LosesNoPartOfAFileToALinkThatDrops) {
  const auto slow = [&](const HttpRequest& request) -> std::optional<FakeAnswer> {
    if (request.path != "/repository/" + path_of(kFilm)) return std::nullopt;
    FakeAnswer answer = FakeHttp::file_answer(request, kFilm);
    answer.bytes_per_second = 1100;
    return answer;
  };
  http_.on_the_way = slow;
  publish({kFilm});
  run(seconds(3));
  http_.on_the_way = [](const HttpRequest&) { return no_answer(HttpFault::dns); };
  keeper_.is_found = false;  // the player was started again, and the network is away
  open({1 << 20, 0});
  run(minutes(10));
  http_.on_the_way = slow;

  run(minutes(6));

  EXPECT_EQ(keeper_.adopted, 1);
  const auto last =
      std::find_if(http_.requests.rbegin(), http_.requests.rend(),
                   [](const HttpRequest& each) { return each.range.has_value(); });
  ASSERT_NE(last, http_.requests.rend());
  EXPECT_GE(last->range->from, 2000);
}

TEST_F(RepositorySyncTest, GoesOnDownloadingWhenALookFails) {
  http_.on_the_way = [&](const HttpRequest& request) -> std::optional<FakeAnswer> {
    if (request.path != "/repository/" + path_of(kFilm)) {
      return keeper_.is_found ? std::optional(no_answer(HttpFault::timeout)) : std::nullopt;
    }
    FakeAnswer answer = FakeHttp::file_answer(request, kFilm);
    answer.bytes_per_second = 50;  // for 100 seconds, with a look in between
    return answer;
  };
  sync_.emplace(RepositorySync::Parts{
      http_, *store_, keeper_, {0, {10, Milliseconds{30'000}}}, [] { return 0.5; }, {}});
  publish({kFilm});

  run(minutes(2));

  EXPECT_EQ(keeper_.adopted, 1);
  EXPECT_EQ(http_.count("GET /repository/" + path_of(kFilm)), 1);
  EXPECT_EQ(events_, (Names{"timeout", "recovered"}));
}

TEST_F(RepositorySyncTest, NamesTheCauseOnTheWayAndNotItsConsequence) {
  for (const auto& [answer, name] :
       {std::pair{no_answer(HttpFault::dns), "dns"},
        std::pair{captive_page(), "captive-portal"}, std::pair{answer_status(500), "status"},
        std::pair{no_answer(HttpFault::tls_untrusted), "tls-untrusted"}}) {
    events_.clear();
    const FakeAnswer given = answer;
    http_.on_the_way = [given](const HttpRequest&) { return given; };
    run(minutes(10));
    http_.on_the_way = nullptr;
    run(minutes(6));

    EXPECT_EQ(events_, (Names{name, "recovered"}));
  }
}

TEST_F(RepositorySyncTest, NamesFaultsOfTheRepositoryOnce) {
  keeper_.faults = {{TrustFault::rollback, "timestamp", "version 3 is older than 5"}};

  run(minutes(5));

  EXPECT_EQ(events_, (Names{"rollback"}));
}

TEST_F(RepositorySyncTest, ConvergesWithinAMinuteAndAHalfAfterAnHourWithoutNetwork) {
  publish({kFilm, kCard});
  http_.on_the_way = [](const HttpRequest&) { return answer_status(500); };
  run(hours(1));
  EXPECT_LT(http_.requests.size(), 60u);
  EXPECT_EQ(keeper_.adopted, 0);

  http_.on_the_way = nullptr;
  run(minutes(5) + seconds(1));  // the longest wait between two attempts

  EXPECT_EQ(keeper_.adopted, 1);
}

TEST_F(RepositorySyncTest, FetchesADamagedFileAgainAlthoughNothingChanged) {
  run(minutes(1));
  std::string damaged = kOld;
  damaged[17] ^= 4;
  folder_.put(path_of(kOld), damaged);

  run(minutes(1));

  EXPECT_EQ(folder_.files().at(path_of(kOld)), kOld);
  EXPECT_EQ(events_, (Names{"damaged"}));
}

TEST_F(RepositorySyncTest, FetchesAgainWhatThePlayerFoundDamaged) {
  run(seconds(1));
  sync_->report_damaged(asset_of(kOld).sha256);

  run(seconds(2));

  EXPECT_EQ(folder_.files().at(path_of(kOld)), kOld);
}

TEST_F(RepositorySyncTest, PutsAFileIntoTheShowThatWasLostBeforeTheStartAndCameBack) {
  folder_ = ContentCrashFolder();
  open({1 << 20, 0});

  run(seconds(10));

  EXPECT_EQ(folder_.files().at(path_of(kOld)), kOld);
  EXPECT_EQ(keeper_.given_again, 1) << "or it stays left out until the next publication";
  EXPECT_EQ(shown_, 1);
  EXPECT_EQ(keeper_.adopted, 0);
}

TEST_F(RepositorySyncTest, PutsAFileIntoTheShowThatTheScrubTookAway) {
  run(minutes(1));
  std::string damaged = kOld;
  damaged[17] ^= 4;
  folder_.put(path_of(kOld), damaged);

  run(minutes(1));

  EXPECT_EQ(shown_, 1);
}

TEST_F(RepositorySyncTest, KeepsTheProgrammeBeforeWhenTheDiskIsSmall) {
  open({3000 + 5000, 0});
  publish({kFilm});
  run(minutes(1));
  ASSERT_EQ(keeper_.adopted, 1);

  const std::string third(1000, 't');
  http_.files[path_of(third)] = third;
  publish({third});
  run(minutes(2));

  EXPECT_EQ(keeper_.adopted, 1) << "film is shown and old is the one before";
  EXPECT_EQ(events_, (Names{"no-space"}));
  EXPECT_EQ(folder_.files().count(path_of(kOld)), 1u);
}

TEST_F(RepositorySyncTest, ShowsTheOldOrTheNewWheneverThePowerIsCut) {
  for (int step = 0;; ++step) {
    folder_ = ContentCrashFolder(ContentCrashFolder::Files{{path_of(kOld), kOld}});
    folder_.strike_at(step, ContentCrashFolder::Fault::power_cut);
    keeper_ = FakeKeeper();
    keeper_.shown = files_of({kOld});
    publish({kCard});
    open({1 << 20, 0});
    run(seconds(3));
    for (const auto& files : folder_.after_power_cut()) {
      EXPECT_EQ(files.at(path_of(kOld)), kOld) << "step " << step;
      const bool has_new = files.count(path_of(kCard)) != 0;
      EXPECT_TRUE(!has_new || files.at(path_of(kCard)) == kCard) << "step " << step;
      EXPECT_TRUE(has_new || keeper_.adopted == 0) << "switched to what is not there";
    }
    if (!folder_.was_struck()) break;
  }
  EXPECT_EQ(keeper_.adopted, 1);
}

TEST_F(RepositorySyncTest, FetchesAndSwitchesNothingWhileAStickBringsFilesButHides) {
  publish({kFilm});
  sync_->leave_files_to_others();

  run(minutes(5));
  EXPECT_EQ(folder_.files().count(path_of(kFilm)), 0u);
  EXPECT_EQ(keeper_.adopted, 0);
  EXPECT_GE(keeper_.looks, 4);
  keeper_.hides = true;
  run(minutes(2));
  EXPECT_EQ(shown_, 1);

  sync_->take_files_back();
  run(seconds(10));
  EXPECT_EQ(keeper_.adopted, 1);
  EXPECT_EQ(folder_.files().at(path_of(kFilm)), kFilm);
}

TEST_F(RepositorySyncTest, ReadsAgainNoMoreOfTheDiskThanItsShare) {
  const std::string large(20 << 20, 'l');
  http_.files[path_of(large)] = large;
  folder_.put(path_of(large), large);
  keeper_.shown = files_of({kOld, large});
  open({1 << 30, 0});
  run(seconds(60));
  const std::int64_t before = folder_.bytes_read;

  run(minutes(10));

  // 4 MB in ten seconds, and the block with which each share ends.
  EXPECT_LE(folder_.bytes_read - before, 61 * ((4 << 20) + (256 << 10)));
  EXPECT_GE(folder_.bytes_read - before, 35 * (4 << 20));
}

}  // namespace
}  // namespace conglang::player
