#include "player/sync/synchronizer.h"

#include <gtest/gtest.h>

#include "playlists/trust/verified_target.h"
#include "tests/player/store/content_crash_folder.h"
#include "tests/player/store/content_files.h"
#include "tests/player/sync/fake_keeper.h"
#include "tests/player/sync/fake_office.h"
#include "tests/support/fake_http.h"
#include "tests/support/office_folder.h"

namespace conglang::player {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const std::string kFilm(5000, 'f');

class SynchronizerTest : public testing::Test {
 protected:
  void SetUp() override {
    http_.files[kTimestamp] = "{}";
    http_.files[repository_path(asset_of(kFilm))] = kFilm;
    http_.routes["POST /kiosk/heartbeat"] = [](const HttpRequest&) {
      return answer_with("{}");
    };
    http_.routes["GET /kiosk/events"] = [](const HttpRequest&) {
      FakeAnswer stream = answer_with("", "text/event-stream");
      stream.head.content_length.reset();
      stream.stays_open = true;
      return stream;
    };
  }

  void publish() {
    keeper_.next = {asset_of(kFilm)};
    keeper_.is_news = true;
  }

  void run(std::chrono::nanoseconds most) {
    const MonotonicTime until = http_.now + most;
    do {
      ASSERT_LT(++steps_, 200'000) << "it never rests";
      const SyncNews news = sync_.step({Instant{}, trust_, http_.now});
      if (news.show && !shown_at_) shown_at_ = http_.now;
      const auto rest = std::clamp<std::chrono::nanoseconds>(news.look_again - http_.now,
                                                             Milliseconds{0}, seconds(5));
      http_.work(std::chrono::ceil<Milliseconds>(rest));
    } while (http_.now < until);
  }

  FakeHttp http_;
  ContentCrashFolder folder_;
  ContentStore store_ = ContentStore::open(folder_, {1 << 20, 0}).value();
  FakeKeeper keeper_;
  FakeWords words_;
  FakeRecords records_;
  FakePictures pictures_;
  RepositorySync repository_{{http_, store_, keeper_, {}, [] { return 0.5; }, {}}};
  OfficeLine office_{{http_, words_, records_, pictures_, [] { return 0.5; }, {}}};
  Synchronizer sync_{{http_, repository_, office_}};
  ClockTrust trust_ = ClockTrust::network;
  std::optional<MonotonicTime> shown_at_;
  int steps_ = 0;
};

TEST_F(SynchronizerTest, ShowsWithinSecondsWhatAWakeUpAnnounces) {
  run(seconds(10));
  publish();
  const MonotonicTime published = http_.now;
  http_.push("event: look\ndata: {\"what\":\"publication\"}\n\n");

  run(seconds(10));

  ASSERT_TRUE(shown_at_);
  EXPECT_LE(*shown_at_ - published, seconds(3));
}

TEST_F(SynchronizerTest, ShowsWithinAMinuteByAskingAlone) {
  http_.routes["GET /kiosk/events"] = [](const HttpRequest&) { return answer_status(404); };
  run(seconds(10));
  publish();

  run(minutes(1));

  EXPECT_TRUE(shown_at_);
}

TEST_F(SynchronizerTest, ConvergesAfterThreeDaysWithoutANetwork) {
  run(seconds(10));
  http_.on_the_way = [](const HttpRequest&) { return no_answer(HttpFault::dns); };
  publish();
  run(hours(72));
  EXPECT_FALSE(shown_at_);
  EXPECT_LT(http_.requests.size(), 72u * 100) << "in an hour about a hundred attempts at most";

  http_.on_the_way = nullptr;
  run(minutes(5) + seconds(30));

  EXPECT_TRUE(shown_at_);
}

TEST_F(SynchronizerTest, JudgesDatesOfCertificatesOnlyByAClockThatIsBelieved) {
  for (const ClockTrust trust : {ClockTrust::none, ClockTrust::persisted}) {
    trust_ = trust;
    run(seconds(1));
    EXPECT_FALSE(http_.dates_judged_by) << to_string(trust);
  }

  trust_ = ClockTrust::network;
  run(seconds(1));
  EXPECT_EQ(http_.dates_judged_by, Instant{}) << "by the time that was given to the step";
}

// A machine without a battery: its own clock says 1970, the office has said the time since.
TEST_F(SynchronizerTest, LearnsTheTimeWithoutJudgingDatesAndThenJudgesByIt) {
  constexpr Instant kToday{std::chrono::sys_days{std::chrono::year{2026} / 11 / 28}};
  http_.routes["POST /kiosk/time"] = [](const HttpRequest&) { return answer_with("{time}"); };
  // A server whose certificate is of this year.
  http_.on_the_way = [&](const HttpRequest& request) -> std::optional<FakeAnswer> {
    const bool is_judged = request.judges_dates && http_.dates_judged_by;
    if (!is_judged || *http_.dates_judged_by >= kToday) return std::nullopt;
    return no_answer(HttpFault::tls_dates);
  };
  words_.lacks_time = true;
  publish();

  trust_ = ClockTrust::persisted;
  static_cast<void>(sync_.step({Instant{}, trust_, http_.now}));
  EXPECT_FALSE(words_.lacks_time);
  EXPECT_EQ(http_.count("GET /repository/"), 1);

  words_.lacks_time = true;  // and once more, with dates judged by a wrong clock
  trust_ = ClockTrust::network;
  http_.now += hours(1);
  static_cast<void>(sync_.step({Instant{}, trust_, http_.now}));
  EXPECT_FALSE(words_.lacks_time);

  http_.now += hours(1);
  EXPECT_TRUE(sync_.step({kToday, trust_, http_.now}).events.size() > 0) << "recovered";
}

TEST_F(SynchronizerTest, LetsAStickBringWhatTheNetworkIsStillFetching) {
  OfficeFolder media;
  StickRules rules;
  rules.bytes_at_once = 700;
  rules.keep_free = 0;
  StickWatch sticks({{media.path().string()}, store_, keeper_, records_, "k1", rules});
  Synchronizer sync({http_, repository_, office_, &sticks});
  publish();
  const std::string path = repository_path(asset_of(kFilm));
  media.write(std::string("usb/repository/") + kTimestamp, "{\"of\":\"the stick\"}");
  media.write("usb/repository/" + path, kFilm);
  int shown = 0;
  bool was_told = false;

  for (int step = 0; step < 40; ++step) {
    const SyncNews news = sync.step({Instant{}, trust_, http_.now});
    if (news.show) ++shown;
    was_told = was_told || (news.stick && news.stick->is_ours);
    http_.work(Milliseconds{1});
  }

  EXPECT_TRUE(was_told);
  EXPECT_EQ(shown, 1);
  EXPECT_EQ(folder_.files().at(path), kFilm);
  EXPECT_EQ(keeper_.adopted, 1);
}

}  // namespace
}  // namespace conglang::player
