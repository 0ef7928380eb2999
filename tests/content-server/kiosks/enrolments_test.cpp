#include "content-server/kiosks/enrolments.h"

#include <regex>
#include <set>

#include "tests/content-server/kiosks/kiosk_world.h"

namespace conglang::server {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class Enrolments : public KioskWorld {
 protected:
  const NewKiosk new_kiosk_{"Cổng chính", GroupId("gate"), {}};
};

TEST(EnrolmentCode, HasEightLettersThatNobodyMistakes) {
  const std::regex form("[234679ACDEFGHJKMNPQRTUVWXYZ]{4}-[234679ACDEFGHJKMNPQRTUVWXYZ]{4}");
  std::set<std::string> codes;
  std::set<char> letters;
  for (int i = 0; i < 1000; ++i) {
    const std::string code = new_enrolment_code();
    EXPECT_TRUE(std::regex_match(code, form)) << code;
    codes.insert(code);
    letters.insert(code.begin(), code.end());
  }
  EXPECT_EQ(codes.size(), 1000u);
  EXPECT_EQ(letters.size(), 28u) << "27 letters and the hyphen: every one is used";
}

TEST(KioskToken, IsNeverTheSame) {
  std::set<std::string> tokens;
  for (int i = 0; i < 1000; ++i) {
    const std::string token = new_kiosk_token();
    EXPECT_TRUE(parse_bytes32(token).ok()) << token;
    tokens.insert(token);
  }
  EXPECT_EQ(tokens.size(), 1000u);
}

TEST_F(Enrolments, BothSidesWorkOutTheSameNumber) {
  const EnrolmentOffer offer = begin_and_reveal(key_);

  const auto open = open_enrolments(desk());

  ASSERT_EQ(open->size(), 1u);
  EXPECT_EQ(open->front().number,
            comparison_number({reveal_of(key_), office_.anchors, offer.office_nonce}));
}

TEST_F(Enrolments, ACodeLivesTenMinutesToTheMillisecond) {
  const EnrolmentOffer offer = begin_and_reveal(key_);
  EXPECT_EQ(offer.ends_at, now_ + minutes{10});
  now_ += minutes{10} - Milliseconds{1};
  EXPECT_EQ(open_enrolments(desk())->size(), 1u);
  EXPECT_EQ(poll(offer, key_)->state, EnrolmentState::waiting);

  now_ += Milliseconds{1};

  EXPECT_TRUE(open_enrolments(desk())->empty());
  EXPECT_EQ(poll(offer, key_)->state, EnrolmentState::expired);
  expect_error(confirm_enrolment(desk(), offer.enrolment, new_kiosk_), "conflict",
               "enrolment-over");
  expect_error(refuse_enrolment(desk(), offer.enrolment), "conflict", "enrolment-over");
  expect_error(reveal_enrolment(desk(), offer.enrolment, reveal_of(key_), office_), "conflict",
               "enrolment-over");
}

TEST_F(Enrolments, WhatWasConfirmedInTimeIsGrantedLater) {
  const EnrolmentOffer offer = begin_and_reveal(key_);
  ASSERT_TRUE(confirm_enrolment(desk(), offer.enrolment, new_kiosk_).ok());
  now_ += hours{1};

  const auto progress = poll(offer, key_);

  ASSERT_TRUE(progress->grant.has_value());
  EXPECT_TRUE(authenticate_kiosk(kiosks_, progress->grant->token).ok());
}

TEST_F(Enrolments, AKeyThatWasNotCommittedToIsRefusedForGood) {
  const EnrolmentOffer offer = begin(key_);
  expect_error(reveal_enrolment(desk(), offer.enrolment, reveal_of(other_), office_),
               "untrusted", "commitment");

  EXPECT_EQ(kiosks_.enrolments_.at(offer.enrolment).state, EnrolmentState::refused);
  EXPECT_FALSE(kiosks_.enrolments_.at(offer.enrolment).reveal.has_value());
  expect_error(reveal_enrolment(desk(), offer.enrolment, reveal_of(key_), office_), "conflict",
               "enrolment-over");
}

TEST_F(Enrolments, ATokenIsGivenUntilOneWasUsed) {
  const EnrolmentOffer offer = begin_and_reveal(key_);
  const auto kiosk = confirm_enrolment(desk(), offer.enrolment, new_kiosk_);
  const std::string first = poll(offer, key_)->grant->token;
  const std::string second = poll(offer, key_)->grant->token;
  expect_error(authenticate_kiosk(kiosks_, first), "untrusted", "unknown-token");
  EXPECT_TRUE(authenticate_kiosk(kiosks_, second).ok());

  ASSERT_TRUE(hear_heartbeat(desk(), *kiosk, {}, {}, "192.168.1.60").ok());

  EXPECT_EQ(poll(offer, key_)->state, EnrolmentState::expired);
  EXPECT_TRUE(authenticate_kiosk(kiosks_, second).ok());
}

TEST_F(Enrolments, ManyThatWaitKeepOthersOutOnlyWhileTheyWait) {
  const EnrolmentRequest request{sha256("x"), "player 1"};
  const auto ask = [&](const std::string& from) {
    return begin_enrolment(desk("server"), request, from, office_);
  };
  std::string last;
  for (int i = 0; i < 10; ++i) last = ask("10.0.0.1")->enrolment;
  expect_error(ask("10.0.0.1"), "conflict", "too-many-enrolments");
  EXPECT_TRUE(ask("10.0.0.2").ok());
  ASSERT_TRUE(refuse_enrolment(desk(), last).ok());
  EXPECT_TRUE(ask("10.0.0.1").ok()) << "a refused one no longer waits";
  for (int i = 0; i < 89; ++i) {
    EXPECT_TRUE(ask("10.0.1." + std::to_string(i)).ok());
  }
  expect_error(ask("10.0.2.1"), "conflict", "too-many-enrolments");

  now_ += minutes{10};

  EXPECT_TRUE(ask("10.0.0.1").ok());
  std::set<std::string> codes;
  for (const auto& [id, enrolment] : kiosks_.enrolments_) codes.insert(enrolment.code);
  EXPECT_EQ(codes.size(), kiosks_.enrolments_.size());
}

TEST_F(Enrolments, OldOnesAreForgottenWhenANewOneBegins) {
  const EnrolmentOffer old = begin(key_);
  now_ = old.ends_at + hours{24};
  begin(other_);
  EXPECT_TRUE(kiosks_.enrolments_.contains(old.enrolment));
  now_ += Milliseconds{1};
  begin(other_);

  EXPECT_FALSE(kiosks_.enrolments_.contains(old.enrolment));
  expect_error(poll(old, key_), "missing");
}

TEST_F(Enrolments, AStickLivesTwoWeeksToTheMillisecond) {
  const auto use = [&](const InstallStick& stick, const TestKey& key) {
    const Bytes32& bytes = key.public_key().bytes;
    return enrol_by_stick(
        desk("server"),
        {stick.token, bytes, key.sign(stick_enrolment_text(stick.token, bytes)), "player 1"});
  };
  const auto first = make_stick(desk(), new_kiosk_, office_);
  const auto second = make_stick(desk(), new_kiosk_, office_);
  now_ += hours{24 * 14} - Milliseconds{1};
  EXPECT_TRUE(use(*first, key_).ok());
  expect_error(use(*first, other_), "untrusted", "stick-token");

  now_ += Milliseconds{1};

  expect_error(use(*second, other_), "untrusted", "stick-token");
  EXPECT_EQ(kiosks_.kiosks_.size(), 1u);
}

TEST_F(Enrolments, AStickOfOneKioskGivesNothingToARevokedOne) {
  const auto stick = make_stick(desk(), new_kiosk_, office_);
  const Bytes32& bytes = key_.public_key().bytes;
  const StickEnrolment words{stick->token, bytes,
                             key_.sign(stick_enrolment_text(stick->token, bytes)), "player 1"};
  const auto grant = enrol_by_stick(desk("server"), words);
  ASSERT_TRUE(revoke_kiosk(desk(), grant->kiosk).ok());

  expect_error(enrol_by_stick(desk("server"), words), "untrusted", "stick-token");
}

TEST_F(Enrolments, EachDecisionIsWrittenDownAndNoSecretWithIt) {
  const Kiosk kiosk = enrol(key_);
  const EnrolmentOffer offer = begin_and_reveal(other_);
  ASSERT_TRUE(refuse_enrolment(desk(), offer.enrolment).ok());
  const auto stick = make_stick(desk(), new_kiosk_, office_);

  EXPECT_EQ(audit_.actions(),
            (std::vector<std::string>{"kiosk.enrolled kiosk:" + kiosk.id.text(),
                                      "kiosk.refused enrolment:" + offer.enrolment,
                                      "stick.made group:gate"}));
  for (const AuditEntry& entry : audit_.entries) {
    EXPECT_EQ(entry.event.actor, "person:lan");
    EXPECT_EQ(write_json(entry.event.after).find(stick->token), std::string::npos);
  }
}

}  // namespace
}  // namespace conglang::server
