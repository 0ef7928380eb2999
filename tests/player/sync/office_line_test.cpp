#include "player/sync/office_line.h"

#include <gtest/gtest.h>

#include "tests/player/sync/fake_office.h"
#include "tests/support/fake_http.h"

namespace conglang::player {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Names = std::vector<std::string>;

class OfficeLineTest : public testing::Test {
 protected:
  void SetUp() override {
    answer("POST /kiosk/heartbeat", answer_with("{}"));
    answer("POST /kiosk/records", answer_with("{ok}"));
    FakeAnswer stream = answer_with("", "text/event-stream");
    stream.head.content_length.reset();
    stream.stays_open = true;
    answer("GET /kiosk/events", stream);
  }

  void answer(const std::string& what, const FakeAnswer& with) {
    http_.routes[what] = [with](const HttpRequest&) { return with; };
  }

  // Only who knows the token is answered.
  void require_token(const std::string& token) {
    http_.on_the_way = [token](const HttpRequest& request) -> std::optional<FakeAnswer> {
      if (request.path == "/kiosk/token") return std::nullopt;
      const bool is_known =
          !request.headers.empty() && request.headers[0].second == "Bearer " + token;
      return is_known ? std::nullopt : std::optional(answer_status(401));
    };
  }

  void run(std::chrono::nanoseconds most) {
    const MonotonicTime until = http_.now + most;
    do {
      const OfficeNews news = line_.step(Instant{}, http_.now);
      ASSERT_LT(++steps_, 100'000) << "it never rests";
      for (const SyncEvent& event : news.events) {
        events_.push_back(event.subject + " " + event.name);
      }
      if (news.look_now) ++looks_;
      if (pings_) http_.push(":\n");
      const auto rest = std::clamp<std::chrono::nanoseconds>(news.look_again - http_.now,
                                                             Milliseconds{0}, seconds(5));
      http_.work(std::chrono::ceil<Milliseconds>(rest));
    } while (http_.now < until);
  }

  FakeHttp http_;
  FakeWords words_;
  FakeRecords records_;
  FakePictures pictures_;
  OfficeLine line_{{http_, words_, records_, pictures_, [] { return 0.5; }, {}}};
  Names events_;
  int looks_ = 0, steps_ = 0;
  bool pings_ = true;
};

TEST_F(OfficeLineTest, BeatsEveryHalfMinute) {
  run(minutes(10) + seconds(1));

  EXPECT_EQ(http_.count("POST /kiosk/heartbeat"), 21);
  EXPECT_EQ(http_.count("GET /kiosk/events"), 1);
  EXPECT_TRUE(events_.empty());
  EXPECT_EQ(http_.requests.front().headers[0].second, "Bearer t1");
}

TEST_F(OfficeLineTest, LooksWhenTheOfficeHasSomethingNew) {
  words_.next.look_now = true;

  run(minutes(2));

  EXPECT_EQ(looks_, 1);
}

TEST_F(OfficeLineTest, IsWokenByTheStreamAtOnce) {
  run(seconds(5));
  http_.push("event: look\ndata: {\"what\":\"takedown\"}\n\n");

  const OfficeNews news = line_.step(Instant{}, http_.now);

  EXPECT_TRUE(news.look_now);
  EXPECT_EQ(http_.count("POST /kiosk/heartbeat"), 2);
}

TEST_F(OfficeLineTest, IsNotDrivenWildByAStreamThatNeverStops) {
  run(seconds(5));
  const int before = http_.count("POST /kiosk/heartbeat");
  for (int i = 0; i < 1000; ++i) {
    http_.push("event: look\ndata: x\n\n");
    line_.step(Instant{}, http_.now);
    http_.work(Milliseconds{10});
  }

  EXPECT_LE(http_.count("POST /kiosk/heartbeat") - before, 11);
}

TEST_F(OfficeLineTest, OpensTheStreamAgainWhenItIsSilent) {
  pings_ = false;

  run(minutes(5));

  EXPECT_GE(http_.count("GET /kiosk/events"), 4);
  EXPECT_LE(http_.count("GET /kiosk/events"), 6);
  EXPECT_TRUE(events_.empty()) << "asking goes on without it";
}

TEST_F(OfficeLineTest, TellsAnHourOfFailuresOnceAndIsPatient) {
  http_.on_the_way = [](const HttpRequest&) { return answer_status(500); };
  run(hours(1));
  http_.on_the_way = nullptr;

  EXPECT_LT(http_.count("POST /kiosk/heartbeat"), 30);
  run(minutes(6));
  EXPECT_EQ(events_, (Names{"heartbeat status", "heartbeat recovered"}));
}

TEST_F(OfficeLineTest, NamesAnAnswerItDoesNotUnderstand) {
  answer("POST /kiosk/heartbeat", answer_with("?"));

  run(minutes(3));

  EXPECT_EQ(events_, (Names{"heartbeat malformed"}));
}

TEST_F(OfficeLineTest, AsksForANewTokenWhenItIsNotKnownAnyMore) {
  require_token("t2");
  answer("POST /kiosk/token", answer_with("t2"));

  run(seconds(30));

  EXPECT_EQ(words_.known_token, "t2");
  EXPECT_EQ(http_.count("POST /kiosk/token"), 1);
  EXPECT_EQ(events_, (Names{"heartbeat not-known", "heartbeat recovered"}));
}

TEST_F(OfficeLineTest, AsksPatientlyWhenTheOfficeHasRevokedIt) {
  require_token("nobody");
  answer("POST /kiosk/token", answer_status(403));

  run(hours(1));

  EXPECT_LT(http_.count("POST /kiosk/token"), 30);
  EXPECT_LT(http_.requests.size(), 120u);
}

TEST_F(OfficeLineTest, SendsRecordsAndForgetsOnlyWhatWasAcknowledged) {
  records_.waiting = {{1, "{1}"}, {2, "{2}"}, {3, "{3}"}};
  int batches = 0;
  http_.routes["POST /kiosk/records"] = [&](const HttpRequest&) {
    return ++batches == 2 ? answer_status(500) : answer_with("{ok}");
  };

  run(seconds(0));
  EXPECT_EQ(records_.acknowledged, 1);
  EXPECT_EQ(records_.waiting.size(), 2u);

  run(minutes(2));
  EXPECT_TRUE(records_.waiting.empty());
  EXPECT_EQ(events_, (Names{"records status", "records recovered"}));
}

TEST_F(OfficeLineTest, KeepsRecordsThatTheAnswerDoesNotName) {
  records_.waiting = {{1, "{1}"}};
  answer("POST /kiosk/records", answer_with("{}"));

  run(minutes(5));

  EXPECT_EQ(records_.waiting.size(), 1u);
  EXPECT_EQ(events_, (Names{"records malformed"}));
}

TEST_F(OfficeLineTest, SendsPicturesAndDropsWhatNobodyWants) {
  pictures_.waiting = {{"c1", "png"}, {"c2", "png"}};
  answer("PUT /kiosk/pictures/c1", answer_status(404));
  answer("PUT /kiosk/pictures/c2", answer_with("{}"));

  run(minutes(1));

  EXPECT_TRUE(pictures_.waiting.empty());
  EXPECT_EQ(http_.count("PUT /kiosk/pictures/"), 2);
}

TEST_F(OfficeLineTest, KeepsAPictureUntilItArrives) {
  pictures_.waiting = {{"c1", "png"}};
  answer("PUT /kiosk/pictures/c1", answer_status(503));
  run(minutes(1));
  EXPECT_EQ(pictures_.waiting.size(), 1u);

  answer("PUT /kiosk/pictures/c1", answer_with("{}"));
  run(minutes(5));

  EXPECT_TRUE(pictures_.waiting.empty());
}

TEST_F(OfficeLineTest, AsksForTheTimeUntilItIsToldCredibly) {
  words_.lacks_time = true;
  answer("POST /kiosk/time", answer_with("{year 2099}"));
  run(minutes(1));
  EXPECT_TRUE(words_.lacks_time);
  EXPECT_EQ(events_, (Names{"time untrusted"}));

  answer("POST /kiosk/time", answer_with("{time}"));
  run(minutes(6));
  EXPECT_FALSE(words_.lacks_time);
  const int asked = http_.count("POST /kiosk/time");
  run(hours(1));
  EXPECT_EQ(http_.count("POST /kiosk/time"), asked);
}

TEST_F(OfficeLineTest, GoesOnWithEverythingElseWhenOneThingFails) {
  answer("POST /kiosk/heartbeat", no_answer(HttpFault::timeout));
  records_.waiting = {{1, "{1}"}};

  run(minutes(1));

  EXPECT_TRUE(records_.waiting.empty());
  EXPECT_EQ(events_, (Names{"heartbeat timeout"}));
}

}  // namespace
}  // namespace conglang::player
