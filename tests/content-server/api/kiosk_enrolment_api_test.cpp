// How a kiosk comes to the office: by code and number, or by an install stick.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/api/test_kiosk.h"

namespace conglang::server {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class KioskEnrolmentApiTest : public ::testing::Test {
 protected:
  void SetUp() override {
    office_.set_up();
    ASSERT_EQ(office_
                  .call(Method::put, "/api/groups/gate",
                        JsonObject{{"name", JsonObject{{"vi", "Cổng làng"}}}})
                  .status,
              200);
  }

  ApiAnswer decide(const TestKiosk& kiosk, const std::string& deed) {
    JsonValue body;
    if (deed == "confirm") body = JsonObject{{"name", "Cổng chính"}, {"group", "gate"}};
    return office_.post("/api/enrolments/" + kiosk.offer.enrolment + "/" + deed, body);
  }

  JsonArray waiting() {
    return *office_.get("/api/enrolments").body.find("enrolments")->array();
  }

  std::string make_stick() {
    const ApiAnswer made = office_.post("/api/install-sticks",
                                        JsonObject{{"name", "Đình làng"}, {"group", "gate"}});
    EXPECT_EQ(made.status, 201) << write_json(made.body);
    return made.text("token");
  }

  static void expect_refused(const ApiAnswer& answer, int status, const std::string& code) {
    EXPECT_EQ(answer.status, status) << write_json(answer.body);
    EXPECT_EQ(answer.code(), code);
  }
  static void expect_state(const ApiAnswer& answer, EnrolmentState state) {
    const auto progress = read_enrolment_progress(answer.body);
    ASSERT_TRUE(progress.ok()) << write_json(answer.body);
    EXPECT_EQ(to_string(progress->state), to_string(state));
  }

  ApiOffice office_;
  TestKiosk kiosk_{office_};
};

TEST_F(KioskEnrolmentApiTest, AKioskComesInWhenAPersonComparedTheNumber) {
  ASSERT_EQ(kiosk_.begin().status, 200);
  EXPECT_EQ(kiosk_.offer.link, "https://gate.local:8443/enrol#" + kiosk_.offer.code);
  ASSERT_EQ(waiting().size(), 1u);
  EXPECT_EQ(waiting().front().find("number"), nullptr);
  ASSERT_EQ(kiosk_.reveal().status, 200);
  expect_state(kiosk_.poll(), EnrolmentState::waiting);

  const JsonValue seen = waiting().front();
  EXPECT_EQ(*seen.find("code")->string(), kiosk_.offer.code);
  EXPECT_EQ(*seen.find("number")->string(), kiosk_.number());
  EXPECT_EQ(*seen.find("program")->string(), "player 1");
  EXPECT_EQ(*seen.find("address")->string(), "192.168.1.60");
  EXPECT_EQ(decide(kiosk_, "confirm").status, 201);

  expect_state(kiosk_.poll(), EnrolmentState::confirmed);
  EXPECT_EQ(kiosk_.beat().status, 200);
  EXPECT_TRUE(waiting().empty());
}

TEST_F(KioskEnrolmentApiTest, ALostAnswerIsGivenAgainUntilTheKioskUsedItsToken) {
  kiosk_.enrol("Cổng chính");
  const std::string lost = kiosk_.token;
  expect_state(kiosk_.poll(), EnrolmentState::confirmed);
  EXPECT_NE(kiosk_.token, lost);
  const std::string used = kiosk_.token;
  kiosk_.token = lost;
  expect_refused(kiosk_.beat(), 401, "unknown-token");
  kiosk_.token = used;
  ASSERT_EQ(kiosk_.beat().status, 200);

  expect_state(kiosk_.poll(), EnrolmentState::expired);

  EXPECT_EQ(kiosk_.token, used);
  EXPECT_EQ(kiosk_.beat().status, 200);
}

TEST_F(KioskEnrolmentApiTest, TheNumberIsAnotherWhenSomebodyInBetweenChangedAnything) {
  ASSERT_EQ(kiosk_.begin().status, 200);
  ASSERT_EQ(kiosk_.reveal().status, 200);
  const std::string number = kiosk_.number();
  EXPECT_EQ(*waiting().front().find("number")->string(), number);

  kiosk_.anchors.ca_pem += "x";
  EXPECT_NE(kiosk_.number(), number);
  ASSERT_EQ(kiosk_.reveal().status, 200) << "the same again, when the answer was lost";
  kiosk_.anchors.root += " ";
  EXPECT_NE(kiosk_.number(), number);
  ASSERT_EQ(kiosk_.reveal().status, 200);
  kiosk_.offer.office_nonce[0] ^= 1;
  EXPECT_NE(kiosk_.number(), number);
}

TEST_F(KioskEnrolmentApiTest, AKeyThatWasNotCommittedToEndsTheEnrolment) {
  ASSERT_EQ(kiosk_.begin().status, 200);
  EnrolmentReveal swapped{TestKiosk(office_).key.public_key().bytes, {}};
  swapped.nonce.fill(7);

  expect_refused(kiosk_.reveal(swapped), 403, "commitment");

  EXPECT_TRUE(waiting().empty());
  expect_refused(kiosk_.reveal(), 409, "enrolment-over");
  expect_refused(decide(kiosk_, "confirm"), 409, "enrolment-over");
}

TEST_F(KioskEnrolmentApiTest, AKeyIsRevealedOnce) {
  ASSERT_EQ(kiosk_.begin().status, 200);
  ASSERT_EQ(kiosk_.reveal().status, 200);
  const EnrolmentReveal other{TestKiosk(office_).key.public_key().bytes, {}};

  expect_refused(kiosk_.reveal(other), 409, "revealed-already");

  EXPECT_EQ(*waiting().front().find("number")->string(), kiosk_.number());
}

TEST_F(KioskEnrolmentApiTest, OnlyTheKeyThatWasRevealedAsksHowItStands) {
  ASSERT_EQ(kiosk_.begin().status, 200);
  expect_refused(kiosk_.poll(), 403, "bad-signature");
  ASSERT_EQ(kiosk_.reveal().status, 200);
  ASSERT_EQ(decide(kiosk_, "confirm").status, 201);

  expect_refused(kiosk_.poll(SigningKey::generate()), 403, "bad-signature");
  EXPECT_TRUE(kiosk_.token.empty());
  TestKiosk stranger(office_);
  ASSERT_EQ(stranger.begin().status, 200);
  const std::string own = stranger.offer.enrolment;
  stranger.offer.enrolment = kiosk_.offer.enrolment;
  expect_refused(stranger.poll(), 403, "bad-signature");
  stranger.offer.enrolment = "no-such-enrolment";
  expect_refused(stranger.poll(), 404, "missing");
}

TEST_F(KioskEnrolmentApiTest, NobodyIsConfirmedBeforeThereIsANumber) {
  ASSERT_EQ(kiosk_.begin().status, 200);

  expect_refused(decide(kiosk_, "confirm"), 409, "not-revealed");
  kiosk_.offer.enrolment = "no-such-enrolment";
  expect_refused(decide(kiosk_, "confirm"), 404, "missing");
  expect_refused(decide(kiosk_, "refuse"), 404, "missing");
  expect_refused(kiosk_.reveal(), 404, "missing");
}

TEST_F(KioskEnrolmentApiTest, WhoIsRefusedStaysOutside) {
  ASSERT_EQ(kiosk_.begin().status, 200);
  ASSERT_EQ(kiosk_.reveal().status, 200);

  EXPECT_EQ(decide(kiosk_, "refuse").status, 204);

  expect_state(kiosk_.poll(), EnrolmentState::refused);
  expect_refused(decide(kiosk_, "confirm"), 409, "enrolment-over");
  expect_refused(decide(kiosk_, "refuse"), 409, "enrolment-over");
  EXPECT_TRUE(office_.get("/api/kiosks").body.find("kiosks")->array()->empty());
}

TEST_F(KioskEnrolmentApiTest, AnEnrolmentRunsOut) {
  ASSERT_EQ(kiosk_.begin().status, 200);
  ASSERT_EQ(kiosk_.reveal().status, 200);
  office_.clock.advance(minutes{10} - Milliseconds{1});
  EXPECT_EQ(waiting().size(), 1u);

  office_.clock.advance(Milliseconds{1});

  EXPECT_TRUE(waiting().empty());
  expect_state(kiosk_.poll(), EnrolmentState::expired);
  expect_refused(decide(kiosk_, "confirm"), 409, "enrolment-over");
  expect_refused(kiosk_.reveal(), 409, "enrolment-over");
}

TEST_F(KioskEnrolmentApiTest, AConfirmationCountsOnce) {
  ASSERT_EQ(kiosk_.begin().status, 200);
  ASSERT_EQ(kiosk_.reveal().status, 200);
  ASSERT_EQ(decide(kiosk_, "confirm").status, 201);

  expect_refused(decide(kiosk_, "confirm"), 409, "enrolment-over");

  EXPECT_EQ(office_.get("/api/kiosks").body.find("kiosks")->array()->size(), 1u);
}

TEST_F(KioskEnrolmentApiTest, AConfirmationNamesAGroupThatIsThere) {
  ASSERT_EQ(kiosk_.begin().status, 200);
  ASSERT_EQ(kiosk_.reveal().status, 200);
  const std::string target = "/api/enrolments/" + kiosk_.offer.enrolment + "/confirm";

  for (const JsonObject& wrong :
       {JsonObject{{"name", "X"}, {"group", "nowhere"}}, JsonObject{{"group", "gate"}},
        JsonObject{{"name", std::string(101, 'x')}, {"group", "gate"}},
        JsonObject{{"name", "X"}, {"group", "gate"}, {"site", "nowhere"}}}) {
    expect_refused(office_.post(target, wrong), 400, "malformed");
  }
  EXPECT_EQ(decide(kiosk_, "confirm").status, 201) << "a slip ends nothing";
}

TEST_F(KioskEnrolmentApiTest, AnAddressOpensTenEnrolmentsAndEverybodyAHundred) {
  TestKiosk first(office_);
  for (int i = 0; i < 10; ++i) ASSERT_EQ(first.begin().status, 200);
  expect_refused(first.begin(), 429, "too-many-enrolments");
  EXPECT_EQ(kiosk_.begin().status, 429) << "the same address";
  for (int i = 0; i < 90; ++i) {
    kiosk_.address = "192.168.2." + std::to_string(i);
    ASSERT_EQ(kiosk_.begin().status, 200) << i;
  }
  kiosk_.address = "192.168.3.1";
  expect_refused(kiosk_.begin(), 429, "too-many-enrolments");

  office_.clock.advance(minutes{10});

  EXPECT_EQ(kiosk_.begin().status, 200);
}

TEST_F(KioskEnrolmentApiTest, AStickIsForOneKioskOnce) {
  const std::string stick = make_stick();
  ASSERT_EQ(kiosk_.use_stick(stick).status, 200);
  const std::string lost = kiosk_.token;
  EXPECT_EQ(kiosk_.use_stick(stick).status, 200) << "its first answer was lost";
  EXPECT_NE(kiosk_.token, lost);

  TestKiosk second(office_);
  expect_refused(second.use_stick(stick), 403, "stick-token");
  EXPECT_EQ(kiosk_.beat().text("name"), "Đình làng");
  expect_refused(kiosk_.use_stick(stick), 403, "stick-token");
  EXPECT_EQ(kiosk_.beat().status, 200);
  EXPECT_EQ(office_.get("/api/kiosks").body.find("kiosks")->array()->size(), 1u);
}

TEST_F(KioskEnrolmentApiTest, AStickWithoutItsKeyOrTooOldIsWorthNothing) {
  const std::string stick = make_stick();

  expect_refused(kiosk_.use_stick(stick, SigningKey::generate()), 403, "bad-signature");
  expect_refused(kiosk_.use_stick(std::string(64, 'a')), 403, "stick-token");
  office_.clock.advance(hours{24 * 14});
  EXPECT_EQ(office_.sign_in("lan").status, 200);
  expect_refused(kiosk_.use_stick(stick), 403, "stick-token");

  EXPECT_TRUE(office_.get("/api/kiosks").body.find("kiosks")->array()->empty());
}

TEST_F(KioskEnrolmentApiTest, WhatAStickHoldsIsWhatTheKioskWouldHavePinned) {
  const ApiAnswer made =
      office_.post("/api/install-sticks", JsonObject{{"name", "Đình làng"}, {"group", "gate"}});

  const auto stick = read_install_stick(made.body);
  ASSERT_TRUE(stick.ok()) << write_json(made.body);
  EXPECT_EQ(stick->server, "https://gate.local:8443");
  EXPECT_EQ(stick->anchors, office_.link.anchors);
  const ApiAnswer audit = office_.get("/api/audit");
  EXPECT_EQ(write_json(audit.body).find(stick->token), std::string::npos);
}

TEST_F(KioskEnrolmentApiTest, WhoIsNotSignedInDecidesNothing) {
  ASSERT_EQ(kiosk_.begin().status, 200);
  ASSERT_EQ(kiosk_.reveal().status, 200);
  office_.cookie.clear();

  expect_refused(decide(kiosk_, "confirm"), 401, "not-signed-in");
  expect_refused(decide(kiosk_, "refuse"), 401, "not-signed-in");
  expect_refused(office_.get("/api/enrolments"), 401, "not-signed-in");
  expect_refused(office_.post("/api/install-sticks", JsonObject{}), 401, "not-signed-in");
}

TEST_F(KioskEnrolmentApiTest, NoSecretReachesTheAuditLog) {
  kiosk_.enrol("Cổng chính");
  const std::string first = kiosk_.token;
  kiosk_.beat();
  ASSERT_EQ(kiosk_.renew(1).status, 200);

  const std::string audit = write_json(office_.get("/api/audit").body);

  EXPECT_NE(audit.find("kiosk.enrolled"), std::string::npos);
  EXPECT_NE(audit.find("kiosk.token-renewed"), std::string::npos);
  EXPECT_EQ(audit.find(first), std::string::npos);
  EXPECT_EQ(audit.find(kiosk_.token), std::string::npos);
}

}  // namespace
}  // namespace conglang::server
