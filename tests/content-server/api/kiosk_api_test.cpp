// Kiosks that were taken in: what they say, what they are told, and who is refused.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>

#include "tests/support/api/test_kiosk.h"

namespace conglang::server {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// A PNG's beginning as far as the server looks; the rest may be anything.
std::string png_of(std::uint32_t width, std::uint32_t height, std::size_t bytes = 200) {
  std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  for (const std::uint32_t side : {width, height}) {
    for (int shift = 24; shift >= 0; shift -= 8) png += static_cast<char>(side >> shift & 255);
  }
  png.resize(bytes, 'x');
  return png;
}

class KioskApiTest : public ::testing::Test {
 protected:
  void SetUp() override {
    office_.set_up();
    put_group("gate", "Cổng làng");
    kiosk_.enrol("Cổng chính");
    other_.enrol("Nhà văn hóa");
  }

  void put_group(const std::string& id, const std::string& name) {
    const ApiAnswer put = office_.call(Method::put, "/api/groups/" + id,
                                       JsonObject{{"name", JsonObject{{"vi", name}}}});
    ASSERT_EQ(put.status, 200) << write_json(put.body);
  }

  std::string of(const TestKiosk& kiosk, const std::string& more = "") const {
    return "/api/kiosks/" + kiosk.id.text() + more;
  }

  // As the officer sees it: {"kiosk":…,"commands":…,"pictures":…}.
  JsonValue shown(const TestKiosk& kiosk) { return office_.get(of(kiosk)).body; }
  std::string health(const TestKiosk& kiosk) {
    return *shown(kiosk).find("kiosk")->find("health")->string();
  }

  std::string command(const TestKiosk& kiosk, const std::string& kind) {
    const ApiAnswer made = office_.post(of(kiosk, "/commands"), JsonObject{{"kind", kind}});
    EXPECT_EQ(made.status, 201) << write_json(made.body);
    return made.text("id");
  }

  std::size_t count(const TestKiosk& kiosk, const char* records) {
    return office_.get(of(kiosk, "/records")).body.find(records)->array()->size();
  }

  static JsonValue signed_by(const TestKiosk& kiosk, const RecordBatch& batch) {
    const std::string text =
        write_signed_batch({batch, kiosk.key.sign(record_batch_text(batch))});
    return parse_json(text).value();
  }

  static void expect_refused(const ApiAnswer& answer, int status, const std::string& code) {
    EXPECT_EQ(answer.status, status) << write_json(answer.body);
    EXPECT_EQ(answer.code(), code);
  }

  ApiOffice office_;
  TestKiosk kiosk_{office_}, other_{office_, 9};
};

TEST_F(KioskApiTest, AHeartbeatIsAnsweredWithWhatIsWantedAndShownToTheOfficer) {
  office_.link.versions = {41, 7};
  Heartbeat words = kiosk_.heartbeat();
  words.known_version = 41;
  words.held_version = 40;
  words.takedown_version = 7;
  words.on_screen = OnScreen{"gate-item", "v40", office_.clock.now()};
  words.faults.push_back({"missing", "a.png", "không có tệp"});

  const ApiAnswer answer = kiosk_.beat(words);

  ASSERT_EQ(answer.status, 200) << write_json(answer.body);
  EXPECT_EQ(*answer.body.find("wanted_version")->integer(), 41);
  EXPECT_EQ(*answer.body.find("takedown_version")->integer(), 7);
  EXPECT_EQ(answer.text("name"), "Cổng chính");
  EXPECT_EQ(answer.text("group"), "gate");
  const JsonValue seen = *shown(kiosk_).find("kiosk")->find("seen");
  EXPECT_EQ(*seen.find("held_version")->integer(), 40);
  EXPECT_EQ(*seen.find("on_screen")->find("item")->string(), "gate-item");
  EXPECT_EQ(*seen.find("faults")->array()->front().find("detail")->string(), "không có tệp");
  EXPECT_EQ(*seen.find("address")->string(), "192.168.1.60");
  EXPECT_EQ(health(kiosk_), "behind");
}

TEST_F(KioskApiTest, TheOfficerSeesWhetherAKioskIsWell) {
  EXPECT_EQ(health(kiosk_), "never-seen");
  kiosk_.beat();
  EXPECT_EQ(health(kiosk_), "good");
  Heartbeat words = kiosk_.heartbeat();
  words.faults.push_back({"missing", "a.png", ""});
  kiosk_.beat(words);
  EXPECT_EQ(health(kiosk_), "faulty");

  office_.clock.advance(minutes{2});

  EXPECT_EQ(health(kiosk_), "silent");
  EXPECT_EQ(office_.get("/api/kiosks").body.find("kiosks")->array()->size(), 2u);
}

TEST_F(KioskApiTest, ACommandIsToldUntilItsResultCameAndItsResultCountsOnce) {
  const std::string id = command(kiosk_, "identify");
  EXPECT_EQ(office_.events.heard.back(),
            "kiosk:" + kiosk_.id.text() + R"( look {"what":"command"})");
  EXPECT_EQ(kiosk_.beat().body.find("commands")->array()->size(), 1u);
  EXPECT_EQ(kiosk_.beat().body.find("commands")->array()->size(), 1u) << "an answer was lost";
  EXPECT_EQ(other_.beat().body.find("commands")->array()->size(), 0u);

  Heartbeat words = kiosk_.heartbeat();
  words.results.push_back({id, CommandOutcome::failed, "màn hình tắt"});
  const ApiAnswer answer = kiosk_.beat(words);
  words.results.front() = {id, CommandOutcome::done, ""};
  kiosk_.beat(words);

  EXPECT_EQ(answer.body.find("commands")->array()->size(), 0u);
  EXPECT_EQ(*answer.body.find("results")->array()->front().string(), id);
  const JsonValue kept = shown(kiosk_).find("commands")->array()->front();
  EXPECT_EQ(*kept.find("outcome")->string(), "failed");
  EXPECT_EQ(*kept.find("detail")->string(), "màn hình tắt");
}

TEST_F(KioskApiTest, AKioskCannotAnswerForAnother) {
  const std::string id = command(kiosk_, "restart");
  Heartbeat words = other_.heartbeat();
  words.results.push_back({id, CommandOutcome::done, ""});

  EXPECT_EQ(other_.beat(words).status, 200);

  EXPECT_EQ(kiosk_.beat().body.find("commands")->array()->size(), 1u);
}

TEST_F(KioskApiTest, ACommandThatNobodyDidIsOverAfterAnHour) {
  command(kiosk_, "refresh");
  office_.clock.advance(hours{1});

  EXPECT_EQ(kiosk_.beat().body.find("commands")->array()->size(), 0u);
}

TEST_F(KioskApiTest, NoMoreThanTwentyCommandsWait) {
  for (int i = 0; i < 20; ++i) command(kiosk_, "identify");

  expect_refused(office_.post(of(kiosk_, "/commands"), JsonObject{{"kind", "identify"}}), 413,
                 "too-large");
  expect_refused(office_.post(of(other_, "/commands"), JsonObject{{"kind", "explode"}}), 400,
                 "malformed");
  expect_refused(
      office_.post(of(other_, "/commands"), JsonObject{{"kind", "volume"}, {"argument", 101}}),
      400, "malformed");
}

TEST_F(KioskApiTest, APictureIsKeptWhenItWasAskedForAndIsOne) {
  const std::string asked = command(kiosk_, "screenshot"), not_so = command(kiosk_, "identify");

  expect_refused(kiosk_.put_picture(not_so, png_of(1920, 1080)), 404, "missing");
  expect_refused(kiosk_.put_picture("never-asked", png_of(1920, 1080)), 404, "missing");
  expect_refused(other_.put_picture(asked, png_of(1920, 1080)), 404, "missing");
  expect_refused(kiosk_.put_picture(asked, ""), 400, "malformed");
  expect_refused(kiosk_.put_picture(asked, "<svg xmlns='http://www.w3.org/2000/svg'/>"), 400,
                 "malformed");
  expect_refused(kiosk_.put_picture(asked, png_of(0, 1080)), 400, "malformed");
  expect_refused(kiosk_.put_picture(asked, png_of(1920, 8193)), 400, "malformed");
  expect_refused(kiosk_.put_picture(asked, png_of(1920, 1080, 32)), 400, "malformed");
  EXPECT_TRUE(shown(kiosk_).find("pictures")->array()->empty());

  EXPECT_EQ(kiosk_.put_picture(asked, png_of(1920, 1080)).status, 204);
  EXPECT_EQ(kiosk_.put_picture(asked, png_of(8192, 1)).status, 204) << "sent again";

  EXPECT_EQ(*shown(kiosk_).find("pictures")->array()->front().string(), asked);
  const ApiAnswer picture = office_.get(of(kiosk_, "/pictures/" + asked));
  EXPECT_EQ(picture.status, 200);
  EXPECT_TRUE(std::holds_alternative<FileBody>(picture.response.body));
  EXPECT_EQ(office_.get(of(other_, "/pictures/" + asked)).status, 404);
}

TEST_F(KioskApiTest, OnlyTheLastFivePicturesStay) {
  std::string first, last;
  for (int i = 0; i < 6; ++i) {
    last = command(kiosk_, "screenshot");
    if (i == 0) first = last;
    ASSERT_EQ(kiosk_.put_picture(last, png_of(1920, 1080)).status, 204);
    office_.clock.advance(minutes{1});
  }

  EXPECT_EQ(shown(kiosk_).find("pictures")->array()->size(), 5u);
  EXPECT_EQ(*shown(kiosk_).find("pictures")->array()->front().string(), last);
  EXPECT_EQ(office_.get(of(kiosk_, "/pictures/" + first)).status, 404);
}

TEST_F(KioskApiTest, AKioskMovesToAnotherGroupAndSite) {
  put_group("fair", "Hội chợ");
  const JsonObject site{{"name", JsonObject{{"vi", "Sân đình"}, {"en", "The yard"}}},
                        {"class", "fair"}};
  ASSERT_EQ(office_.call(Method::put, "/api/sites/yard", site).status, 200);

  const ApiAnswer moved =
      office_.call(Method::put, of(kiosk_),
                   JsonObject{{"name", "Cổng phụ"}, {"group", "fair"}, {"site", "yard"}});

  ASSERT_EQ(moved.status, 200) << write_json(moved.body);
  EXPECT_EQ(kiosk_.beat().text("group"), "fair");
  EXPECT_EQ(kiosk_.beat().text("name"), "Cổng phụ");
  office_.clock.advance(minutes{10});
  EXPECT_EQ(health(kiosk_), "good") << "at a fair a kiosk may be silent for longer";
  for (const JsonObject& wrong :
       {JsonObject{{"name", "X"}, {"group", "nowhere"}},
        JsonObject{{"name", "X"}, {"group", "fair"}, {"site", "nowhere"}},
        JsonObject{{"name", ""}, {"group", "fair"}}, JsonObject{{"group", "fair"}}}) {
    expect_refused(office_.call(Method::put, of(kiosk_), wrong), 400, "malformed");
  }
  expect_refused(office_.call(Method::put, "/api/kiosks/nobody",
                              JsonObject{{"name", "X"}, {"group", "fair"}}),
                 404, "missing");
}

TEST_F(KioskApiTest, GroupsAndSitesAreListedAndRenamed) {
  put_group("gate", "Cổng mới");
  const JsonObject body{{"name", JsonObject{{"vi", "X"}}}};
  expect_refused(office_.call(Method::put, "/api/groups/No Id", body), 400, "malformed");
  expect_refused(office_.call(Method::put, "/api/sites/yard", body), 400, "malformed");

  const ApiAnswer places = office_.get("/api/places");

  ASSERT_EQ(places.body.find("groups")->array()->size(), 1u);
  EXPECT_EQ(*places.body.find("groups")->array()->front().find("name")->find("vi")->string(),
            "Cổng mới");
}

TEST_F(KioskApiTest, ARevokedKioskIsRefusedEverywhereAndItsStreamIsTold) {
  kiosk_.beat();
  const std::string asked = command(kiosk_, "screenshot");
  office_.events.heard.clear();

  ASSERT_EQ(office_.post(of(kiosk_, "/revoke")).status, 204);

  ASSERT_EQ(office_.events.heard.size(), 1u);
  EXPECT_TRUE(office_.events.heard.front().starts_with("kiosk:" + kiosk_.id.text() + " look "));
  expect_refused(kiosk_.beat(), 401, "revoked");
  expect_refused(kiosk_.get("/kiosk/events"), 401, "revoked");
  expect_refused(kiosk_.send_batch(kiosk_.batch(1, "r1")), 401, "revoked");
  expect_refused(kiosk_.put_picture(asked, png_of(1920, 1080)), 401, "revoked");
  expect_refused(kiosk_.renew(1), 401, "revoked");
  EXPECT_EQ(*read_enrolment_progress(kiosk_.poll().body),
            (EnrolmentProgress{EnrolmentState::expired, {}}));
  EXPECT_EQ(health(kiosk_), "revoked");
  expect_refused(office_.post(of(kiosk_, "/revoke")), 409, "conflict");
  expect_refused(office_.post(of(kiosk_, "/commands"), JsonObject{{"kind", "identify"}}), 409,
                 "revoked");
  EXPECT_EQ(other_.beat().status, 200);
}

TEST_F(KioskApiTest, AKioskWithoutItsOwnTokenIsNobody) {
  const std::string own = kiosk_.token;
  for (const std::string& token : {std::string(64, '0'), own.substr(1), own + "0", own + " ",
                                   std::string("x"), "0" + own, std::string(100'000, 'a')}) {
    kiosk_.token = token;
    expect_refused(kiosk_.beat(), 401, "unknown-token");
  }
  kiosk_.token.clear();
  expect_refused(kiosk_.beat(), 401, "unknown-token");
  expect_refused(kiosk_.get("/kiosk/events"), 401, "unknown-token");

  const ApiAnswer by_page = office_.post("/kiosk/heartbeat", write(kiosk_.heartbeat()));

  expect_refused(by_page, 401, "unknown-token");
}

TEST_F(KioskApiTest, ALargeBodyIsNotEvenReadFromAStranger) {
  int large = 0;
  for (const Route& route : office_.routes.all()) {
    if (!route.pattern.starts_with("/kiosk/") || route.body.most_bytes <= 64 << 10) continue;
    ++large;
    ASSERT_TRUE(route.before_body) << route.pattern;
    Request request;
    EXPECT_EQ(route.before_body(request)->status, 401) << route.pattern;
    request.headers.emplace("authorization", "Bearer " + kiosk_.token);
    EXPECT_FALSE(route.before_body(request).has_value()) << route.pattern;
  }
  EXPECT_EQ(large, 2) << "records and pictures";
}

TEST_F(KioskApiTest, TheStreamOfAKioskIsItsOwnItsGroupsAndEverybodys) {
  const ApiAnswer stream = kiosk_.get("/kiosk/events");

  const auto* body = std::get_if<EventStreamBody>(&stream.response.body);
  ASSERT_NE(body, nullptr);
  EXPECT_EQ(body->topics,
            (std::vector<std::string>{"kiosk:" + kiosk_.id.text(), "group:gate", "kiosks"}));
}

TEST_F(KioskApiTest, RecordsThatWereCarriedOnAStickAreWorthTheSame) {
  const RecordBatch batch = kiosk_.batch(1, "r1");
  const JsonValue carried = signed_by(kiosk_, batch);

  const ApiAnswer first = office_.post(of(kiosk_, "/records"), carried);
  const ApiAnswer by_network = kiosk_.send_batch(batch);

  ASSERT_EQ(first.status, 200) << write_json(first.body);
  EXPECT_EQ(by_network.body, first.body);
  EXPECT_EQ(count(kiosk_, "plays"), 1u);
}

TEST_F(KioskApiTest, NobodyCarriesRecordsThatTheKioskDidNotSign) {
  const RecordBatch batch = kiosk_.batch(1, "r1");
  const JsonValue forged = signed_by(other_, batch);
  const JsonValue good = signed_by(kiosk_, batch);

  EXPECT_EQ(office_.post(of(kiosk_, "/records"), forged).code(), "bad-signature");
  EXPECT_EQ(office_.post(of(other_, "/records"), good).code(), "wrong-kiosk");
  EXPECT_EQ(office_.post("/api/kiosks/nobody/records", good).status, 404);
  EXPECT_EQ(count(kiosk_, "plays"), 0u);
}

TEST_F(KioskApiTest, RecordsAreKeptOnceHoweverOftenTheyCome) {
  const RecordBatch batch = kiosk_.batch(1, "r1");
  const ApiAnswer first = kiosk_.send_batch(batch), again = kiosk_.send_batch(batch);

  ASSERT_EQ(first.status, 200) << write_json(first.body);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(write_json(first.body), write_json(again.body));
  EXPECT_EQ(read_record_answer(first.body)->kept,
            (std::vector<std::string>{"r1-play", "r1-event"}));
  EXPECT_EQ(count(kiosk_, "plays"), 1u);
  EXPECT_EQ(count(kiosk_, "events"), 1u);

  RecordBatch overlapping = kiosk_.batch(2, "r1");
  overlapping.plays.push_back(kiosk_.batch(2, "r2").plays.front());
  EXPECT_EQ(kiosk_.send_batch(overlapping).status, 200);
  EXPECT_EQ(count(kiosk_, "plays"), 2u);
  EXPECT_EQ(count(kiosk_, "events"), 1u);
}

TEST_F(KioskApiTest, AForgedBatchIsRefusedByName) {
  expect_refused(kiosk_.send_batch(kiosk_.batch(1, "r1"), other_.key), 403, "bad-signature");
  expect_refused(kiosk_.send_signed({kiosk_.batch(1, "r1"), std::string(128, '0')}), 403,
                 "bad-signature");
  SignedBatch altered{kiosk_.batch(1, "r1"), {}};
  altered.signature = kiosk_.key.sign(record_batch_text(altered.batch));
  altered.batch.plays.front().shown_ms += 1;
  expect_refused(kiosk_.send_signed(altered), 403, "bad-signature");
  expect_refused(kiosk_.send_batch(other_.batch(1, "r1")), 403, "wrong-kiosk");
  expect_refused(kiosk_.send_batch(other_.batch(1, "r1"), other_.key), 403, "wrong-kiosk");
  EXPECT_EQ(count(kiosk_, "plays"), 0u);
  EXPECT_EQ(count(other_, "plays"), 0u);
}

TEST_F(KioskApiTest, AStolenTokenSaysNothingInTheNameOfItsKiosk) {
  kiosk_.token = other_.token;

  expect_refused(kiosk_.send_batch(kiosk_.batch(1, "r1")), 403, "wrong-kiosk");
  expect_refused(kiosk_.send_batch(other_.batch(1, "r1"), kiosk_.key), 403, "bad-signature");

  EXPECT_EQ(count(other_, "plays"), 0u);
}

TEST_F(KioskApiTest, ABatchNumberIsOneBatchForEver) {
  ASSERT_EQ(kiosk_.send_batch(kiosk_.batch(1, "r1")).status, 200);

  expect_refused(kiosk_.send_batch(kiosk_.batch(1, "r2")), 403, "sequence-reused");
  EXPECT_EQ(other_.send_batch(other_.batch(1, "o1")).status, 200);

  EXPECT_EQ(count(kiosk_, "plays"), 1u);
  EXPECT_EQ(count(other_, "plays"), 1u);
}

TEST_F(KioskApiTest, AKioskCannotTakeTheIdsOfAnothersRecords) {
  ASSERT_EQ(other_.send_batch(other_.batch(1, "r1")).status, 200);

  ASSERT_EQ(kiosk_.send_batch(kiosk_.batch(1, "r1")).status, 200);

  EXPECT_EQ(count(kiosk_, "plays"), 1u);
  EXPECT_EQ(count(kiosk_, "events"), 1u);
  EXPECT_EQ(count(other_, "plays"), 1u);
}

TEST_F(KioskApiTest, ANewTokenMakesTheOldOneWorthless) {
  const std::string old = kiosk_.token;
  ASSERT_EQ(kiosk_.renew(1).status, 200);
  const std::string fresh = kiosk_.token;
  EXPECT_NE(fresh, old);
  EXPECT_EQ(kiosk_.beat().status, 200);

  kiosk_.token = old;
  expect_refused(kiosk_.beat(), 401, "unknown-token");
  kiosk_.token = fresh;
  expect_refused(kiosk_.renew(1), 403, "token-replayed");
  expect_refused(kiosk_.renew(2, other_.key), 403, "bad-signature");
  EXPECT_EQ(kiosk_.beat().status, 200) << "who cannot sign changes nothing";
  kiosk_.id = KioskId("nobody");
  expect_refused(kiosk_.renew(3), 404, "missing");
}

TEST_F(KioskApiTest, TheTimeIsSignedForTheOneWhoAsks) {
  TimeQuestion question;
  question.nonce.fill(5);

  const ApiAnswer answer = kiosk_.post("/kiosk/time", write(question));

  const auto time = read_signed_time(answer.body);
  ASSERT_TRUE(time.ok());
  EXPECT_EQ(time->time, office_.clock.now());
  EXPECT_TRUE(is_signed_by(office_.link.key.public_key(),
                           signed_time_text(question.nonce, time->time), time->signature));
  question.nonce.fill(6);
  EXPECT_FALSE(is_signed_by(office_.link.key.public_key(),
                            signed_time_text(question.nonce, time->time), time->signature));
}

TEST_F(KioskApiTest, TwoMachinesWithOneKeyAreNoticed) {
  Heartbeat first = kiosk_.heartbeat(), second = kiosk_.heartbeat();
  second.run = "run-2";
  for (const Heartbeat& words : {first, second, first})
    EXPECT_EQ(kiosk_.beat(words).status, 200);

  const ApiAnswer noted = office_.get("/api/audit?action=kiosk.two-machines");

  EXPECT_EQ(noted.body.find("entries")->array()->size(), 1u) << write_json(noted.body);
}

}  // namespace
}  // namespace conglang::server
