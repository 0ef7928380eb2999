#include "player/sync/programme_fetch.h"

#include <gtest/gtest.h>

#include "playlists/trust/verified_target.h"
#include "tests/player/store/content_crash_folder.h"
#include "tests/player/store/content_files.h"
#include "tests/support/fake_http.h"

namespace conglang::player {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const std::string kFilm(5000, 'f');
const std::string kCard = "a small picture";

// A kiosk's disk and the network between it and the server.
class ProgrammeFetchTest : public testing::Test {
 protected:
  void SetUp() override {
    serve(kFilm);
    serve(kCard);
  }

  static std::string path_of(const std::string& bytes) {
    return repository_path(asset_of(bytes));
  }
  void serve(const std::string& bytes) { http_.files[path_of(bytes)] = bytes; }

  void open() {
    fetch_.reset();  // as after a restart: only the disk stays
    store_.emplace(std::move(ContentStore::open(folder_, {1 << 20, 0})).value());
    fetch_.emplace(ProgrammeFetch::Parts{http_, *store_, rules_, [] { return 0.5; }});
  }

  void want(std::initializer_list<std::string> all) {
    std::vector<TargetFile> files;
    for (const std::string& bytes : all) files.push_back(asset_of(bytes));
    if (!fetch_) open();
    fetch_->want(files);
    ASSERT_TRUE(fetch_->tidy());
  }

  // Steps and lets the virtual time pass until all is here or the time is over.
  void run(std::chrono::nanoseconds most) {
    const MonotonicTime until = http_.now + most;
    while (http_.now < until && !fetch_->is_whole()) {
      const FetchNews news = fetch_->step(http_.now);
      for (const FetchFault& fault : news.faults) faults_.push_back(fault.name);
      if (news.look_again && *news.look_again <= http_.now) continue;
      const auto limit = std::chrono::ceil<Milliseconds>(
          std::min(news.look_again.value_or(http_.now + seconds(1)), until) - http_.now);
      http_.work(std::max(limit, Milliseconds{1}));
      ++turns_;
      ASSERT_LT(turns_, 1'000'000);
    }
  }

  // The bytes under their own names are always what was signed for.
  void expect_only_good_files() const {
    for (const auto& [path, bytes] : folder_.files()) {
      if (path.rfind("targets/", 0) == 0) {
        EXPECT_EQ(path, path_of(bytes));
      }
    }
  }

  // The answer for the film alone.
  void lie(std::function<std::optional<FakeAnswer>(const HttpRequest&)> about_film) {
    http_.on_the_way = [about_film](const HttpRequest& request) {
      const bool is_film = request.path == "/repository/" + path_of(kFilm);
      return is_film ? about_film(request) : std::nullopt;
    };
  }

  int count(const std::string& fault) const {
    return static_cast<int>(std::count(faults_.begin(), faults_.end(), fault));
  }

  FakeHttp http_;
  ContentCrashFolder folder_;
  FetchRules rules_;
  std::optional<ContentStore> store_;
  std::optional<ProgrammeFetch> fetch_;
  std::vector<std::string> faults_;
  int turns_ = 0;
};

TEST_F(ProgrammeFetchTest, BringsTheSmallestFirst) {
  want({kFilm, kCard});

  run(minutes(1));

  ASSERT_TRUE(fetch_->is_whole());
  EXPECT_TRUE(faults_.empty());
  ASSERT_EQ(http_.requests.size(), 2u);
  EXPECT_EQ(http_.requests[0].path, "/repository/" + path_of(kCard));
  EXPECT_EQ(folder_.files().size(), 2u);
  EXPECT_EQ(fetch_->progress(), (FetchProgress{5015, 5015, 0}));
}

TEST_F(ProgrammeFetchTest, GoesOnWithAPartAndNamesItsVersion) {
  bool first = true;
  lie([&](const HttpRequest& request) -> std::optional<FakeAnswer> {
    if (!std::exchange(first, false)) return std::nullopt;
    FakeAnswer answer = FakeHttp::file_answer(request, kFilm);
    answer.cut_after = 1000;
    return answer;
  });
  want({kFilm});

  run(minutes(1));

  ASSERT_TRUE(fetch_->is_whole());
  EXPECT_EQ(faults_, (std::vector<std::string>{"cut"}));
  ASSERT_TRUE(http_.requests[1].range);
  EXPECT_EQ(http_.requests[1].range->from, 1000);
  EXPECT_EQ(http_.requests[1].range->if_etag, FakeHttp::etag_of(kFilm));
}

TEST_F(ProgrammeFetchTest, EndsWellWhereverASmallFileIsCut) {
  for (std::size_t cut = 0; cut < kCard.size(); ++cut) {
    folder_ = ContentCrashFolder();
    bool first = true;
    http_.on_the_way = [&](const HttpRequest& request) -> std::optional<FakeAnswer> {
      if (!std::exchange(first, false)) return std::nullopt;
      FakeAnswer answer = FakeHttp::file_answer(request, kCard);
      answer.cut_after = cut;
      return answer;
    };
    open();
    want({kCard});
    run(seconds(0));
    while (faults_.empty()) run(seconds(1));
    open();  // the player was started again in between
    want({kCard});

    run(minutes(1));

    EXPECT_TRUE(fetch_->is_whole()) << cut;
    expect_only_good_files();
    faults_.clear();
  }
}

TEST_F(ProgrammeFetchTest, BeginsAnewWhenTheServerAnswersARangeWithTheWhole) {
  folder_.put(ContentDownload::part_path(asset_of(kFilm).sha256), kFilm.substr(0, 1000));
  lie([&](const HttpRequest& request) {
    HttpRequest without = request;
    without.range.reset();
    return FakeHttp::file_answer(without, kFilm);
  });
  want({kFilm});

  run(minutes(1));

  EXPECT_TRUE(fetch_->is_whole());
  EXPECT_TRUE(faults_.empty());
  expect_only_good_files();
}

TEST_F(ProgrammeFetchTest, KeepsNoByteOfAPartThatBeginsElsewhere) {
  for (const char* range : {"bytes 999-4999/5000", "bytes 1001-4999/5000", "bytes 1000-4999/*",
                            "bytes 1000-4998/5000", "bytes 1000-4999/5001", "", "rubbish"}) {
    folder_ = ContentCrashFolder();
    folder_.put(ContentDownload::part_path(asset_of(kFilm).sha256), kFilm.substr(0, 1000));
    int lies = 2;
    lie([&](const HttpRequest& request) -> std::optional<FakeAnswer> {
      if (lies-- <= 0) return std::nullopt;
      FakeAnswer answer = FakeHttp::file_answer(request, kFilm);
      answer.head.content_range = range;
      return answer;
    });
    open();
    want({kFilm});

    run(minutes(1));

    EXPECT_TRUE(fetch_->is_whole()) << range;
    EXPECT_EQ(count("wrong-offset"), 2) << range;
    expect_only_good_files();
    faults_.clear();
  }
}

TEST_F(ProgrammeFetchTest, NoticesAFileThatWasChangedBetweenTwoParts) {
  // The server gives a part of another file, and does not keep to If-Range either.
  int turn = 0;
  lie([&](const HttpRequest& request) -> std::optional<FakeAnswer> {
    FakeAnswer answer = FakeHttp::file_answer(request, kFilm);
    if (turn++ == 0) answer.cut_after = 1000;
    if (turn == 2) {
      answer.head.etag = "\"another\"";
      answer.body = std::string(4000, '!');
    }
    return turn <= 2 ? std::optional(answer) : std::nullopt;
  });
  want({kFilm});

  run(minutes(1));

  EXPECT_TRUE(fetch_->is_whole());
  EXPECT_EQ(faults_, (std::vector<std::string>{"cut", "changed"}));
  EXPECT_FALSE(http_.requests[2].range);
}

TEST_F(ProgrammeFetchTest, FindsChangedBytesEvenWhenTheServerHidesIt) {
  int turn = 0;
  lie([&](const HttpRequest& request) -> std::optional<FakeAnswer> {
    FakeAnswer answer = FakeHttp::file_answer(request, kFilm);
    if (turn++ == 0) answer.cut_after = 1000;
    if (turn == 2) answer.body = std::string(4000, '!');
    return turn <= 2 ? std::optional(answer) : std::nullopt;
  });
  want({kFilm});

  run(minutes(1));

  EXPECT_TRUE(fetch_->is_whole());
  EXPECT_EQ(faults_, (std::vector<std::string>{"cut", "wrong-hash"}));
  expect_only_good_files();
}

TEST_F(ProgrammeFetchTest, EndsEndlessDataAtTheSignedLength) {
  int lies = 2;
  lie([&](const HttpRequest&) -> std::optional<FakeAnswer> {
    if (lies-- <= 0) return std::nullopt;
    FakeAnswer answer = answer_with(kFilm + std::string(1 << 20, 'x'), "video/mp4");
    answer.head.content_length.reset();
    return answer;
  });
  want({kFilm});

  run(minutes(1));

  EXPECT_TRUE(fetch_->is_whole());
  EXPECT_GE(count("endless-data"), 1);
  expect_only_good_files();
}

TEST_F(ProgrammeFetchTest, NamesASlowServerAndLeavesIt) {
  lie([&](const HttpRequest& request) {
    FakeAnswer answer = FakeHttp::file_answer(request, kFilm);
    answer.bytes_per_second = 1;
    return answer;
  });
  want({kFilm});

  run(seconds(40));

  EXPECT_EQ(faults_, (std::vector<std::string>{"stalled"}));
  http_.on_the_way = nullptr;
  run(minutes(1));
  EXPECT_TRUE(fetch_->is_whole());
}

TEST_F(ProgrammeFetchTest, TriesAFileAgainAlthoughNothingElseChanged) {
  lie([](const HttpRequest&) { return answer_status(404); });
  want({kFilm, kCard});
  run(minutes(2));
  EXPECT_TRUE(store_->holds(asset_of(kCard))) << "one bad file must not hold up the others";
  EXPECT_GE(count("status"), 3);

  http_.on_the_way = nullptr;
  run(minutes(6));

  EXPECT_TRUE(fetch_->is_whole());
}

TEST_F(ProgrammeFetchTest, IsPatientWithAServerThatFailsForAnHour) {
  http_.on_the_way = [](const HttpRequest&) { return answer_status(500); };
  want({kFilm, kCard});

  run(hours(1));

  EXPECT_LT(http_.requests.size(), 60u);
  EXPECT_GT(http_.requests.size(), 10u);
  http_.on_the_way = nullptr;
  run(minutes(6));
  EXPECT_TRUE(fetch_->is_whole());
}

TEST_F(ProgrammeFetchTest, StopsFetchingAFileThatIsWrongEachTime) {
  lie([](const HttpRequest&) {
    return answer_with(std::string(kFilm.size(), '!'), "video/mp4");
  });
  want({kFilm});

  run(hours(5));
  EXPECT_EQ(count("wrong-hash"), 3);

  http_.on_the_way = nullptr;
  run(hours(2));
  EXPECT_TRUE(fetch_->is_whole());
}

TEST_F(ProgrammeFetchTest, ReportsAFullDiskAndGoesOnWhenThereIsRoom) {
  folder_.free = 10;
  want({kFilm});
  run(minutes(1));
  EXPECT_GE(count("no-space"), 2);
  EXPECT_TRUE(http_.requests.empty());

  folder_.free = 1 << 20;
  run(minutes(6));

  EXPECT_TRUE(fetch_->is_whole());
}

TEST_F(ProgrammeFetchTest, SurvivesADiskThatIsFullAtAnyStep) {
  for (int step = 0;; ++step) {
    folder_ = ContentCrashFolder();
    folder_.strike_at(step, ContentCrashFolder::Fault::disk_full);
    open();
    want({kFilm, kCard});

    run(minutes(10));

    EXPECT_TRUE(fetch_->is_whole()) << "step " << step;
    expect_only_good_files();
    if (!folder_.was_struck()) break;
  }
  EXPECT_GT(count("no-space"), 4);
}

TEST_F(ProgrammeFetchTest, DropsTheFileThatIsWantedNoLonger) {
  lie([&](const HttpRequest& request) {
    FakeAnswer answer = FakeHttp::file_answer(request, kFilm);
    answer.bytes_per_second = 1500;
    return answer;
  });
  want({kFilm});
  run(seconds(2));
  EXPECT_EQ(folder_.files().size(), 1u);

  want({kCard});
  run(minutes(1));

  EXPECT_TRUE(fetch_->is_whole());
  EXPECT_EQ(folder_.files().size(), 1u);
  EXPECT_TRUE(store_->holds(asset_of(kCard)));
}

TEST_F(ProgrammeFetchTest, ShowsHowFarItIs) {
  lie([&](const HttpRequest& request) {
    FakeAnswer answer = FakeHttp::file_answer(request, kFilm);
    answer.bytes_per_second = 1500;
    return answer;
  });
  want({kFilm});

  run(seconds(2));

  EXPECT_EQ(fetch_->progress(), (FetchProgress{3000, 5000, 1}));
}

TEST_F(ProgrammeFetchTest, TakesNoMoreOfTheLinkThanItMayHoweverManyFilesThereAre) {
  rules_.most_bytes_per_second = 1000;
  const std::string second(4000, 's'), third(3000, 't');
  serve(second);
  serve(third);
  want({kFilm, second, third});
  const MonotonicTime began = http_.now;

  run(minutes(1));

  ASSERT_TRUE(fetch_->is_whole());
  // The largest comes last, and nobody waits after it.
  EXPECT_GE(http_.now - began, seconds(7));
  EXPECT_LE(http_.now - began, seconds(13));
}

TEST_F(ProgrammeFetchTest, WaitsForNobodyWithoutACap) {
  want({kFilm, kCard});
  const MonotonicTime began = http_.now;

  run(minutes(1));

  EXPECT_LE(http_.now - began, seconds(4));
}

}  // namespace
}  // namespace conglang::player
