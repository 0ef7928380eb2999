#include "content-server/kiosks/kiosk_link.h"

#include "tests/content-server/kiosks/kiosk_world.h"

namespace conglang::server {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class JudgeKiosk : public testing::Test {
 protected:
  std::string judge(Milliseconds silence, SiteClass site_class = SiteClass::office) const {
    std::optional<KioskLife> life = life_;
    if (life) life->seen_at = kNow - silence;
    return std::string(to_string(judge_kiosk(kiosk_, life, site_class, published_, kNow)));
  }

  static constexpr Instant kNow{hours{500'000}};
  Kiosk kiosk_;
  std::optional<KioskLife> life_ = KioskLife{};
  PublishedVersions published_;
};

TEST_F(JudgeKiosk, SilenceIsAFaultAfterNinetySecondsAndLaterAtAFair) {
  for (const SiteClass site_class : {SiteClass::office, SiteClass::relic}) {
    EXPECT_EQ(judge(seconds{90}, site_class), "good");
    EXPECT_EQ(judge(seconds{90} + Milliseconds{1}, site_class), "silent");
  }
  EXPECT_EQ(judge(minutes{15}, SiteClass::fair), "good");
  EXPECT_EQ(judge(minutes{15} + Milliseconds{1}, SiteClass::fair), "silent");
  EXPECT_EQ(judge(-hours{5}), "good") << "the office's clock was set back";
}

TEST_F(JudgeKiosk, WhoHoldsLessThanIsPublishedIsBehind) {
  published_ = {41, 7};
  EXPECT_EQ(judge(seconds{1}), "behind");
  life_->heartbeat.held_version = 41;
  EXPECT_EQ(judge(seconds{1}), "behind") << "of the takedowns";
  life_->heartbeat.takedown_version = 7;
  EXPECT_EQ(judge(seconds{1}), "good");
  life_->heartbeat.held_version = 40;
  life_->heartbeat.known_version = 41;
  EXPECT_EQ(judge(seconds{1}), "behind") << "known is not held";
  life_->heartbeat.held_version = 42;
  EXPECT_EQ(judge(seconds{1}), "good");
}

TEST_F(JudgeKiosk, TheWorstIsSaidFirst) {
  life_->heartbeat.faults.push_back({"missing", "a.png", ""});
  EXPECT_EQ(judge(seconds{1}), "faulty");
  published_.targets = 1;
  EXPECT_EQ(judge(seconds{1}), "behind");
  EXPECT_EQ(judge(minutes{2}), "silent");
  life_.reset();
  EXPECT_EQ(judge(minutes{2}), "never-seen");
  kiosk_.revoked_at = kNow;
  EXPECT_EQ(judge(seconds{1}), "revoked");
}

class KioskLink : public KioskWorld {
 protected:
  KioskLink() : kiosk_(enrol(key_)) { audit_.entries.clear(); }

  Result<HeartbeatAnswer> beat(const std::string& run) {
    Heartbeat heartbeat;
    heartbeat.run = run;
    return hear_heartbeat(desk("kiosk:" + kiosk_.id.text()), kiosk_, heartbeat, {41, 7}, "x");
  }
  SignedBatch batch(std::int64_t sequence, const std::string& record) const {
    SignedBatch made{{kiosk_.id, sequence, {}, {{record, now_, "missing", "", ""}}}, ""};
    made.signature = key_.sign(record_batch_text(made.batch));
    return made;
  }
  Result<NewToken> renew(std::int64_t counter, const TestKey& key) {
    return renew_token(desk(),
                       {kiosk_.id, counter, key.sign(token_request_text(kiosk_.id, counter))});
  }

  Kiosk kiosk_;
};

TEST_F(KioskLink, OnlyAWholeTokenThatIsKnownIsSomebody) {
  const std::string token = renew(1, key_)->token;
  EXPECT_EQ(authenticate_kiosk(kiosks_, token)->id, kiosk_.id);

  for (const std::string& wrong :
       {std::string(), token.substr(1), token + "0", std::string(64, 'z'), new_kiosk_token(),
        kiosks_.kiosks_.at(kiosk_.id).token.hex()}) {
    expect_error(authenticate_kiosk(kiosks_, wrong), "untrusted", "unknown-token");
  }
}

TEST_F(KioskLink, AHeartbeatIsAnsweredWithWhatTheOfficeWants) {
  const auto answer = beat("run-1");

  EXPECT_EQ(answer->time, now_);
  EXPECT_EQ(answer->wanted_version, 41);
  EXPECT_EQ(answer->takedown_version, 7);
  EXPECT_EQ(answer->name, "Cổng chính");
  EXPECT_EQ(answer->group, GroupId("gate"));
  EXPECT_EQ(kiosks_.lives_.at(kiosk_.id).seen_at, now_);
  EXPECT_TRUE(audit_.entries.empty()) << "a heartbeat changes nothing worth a line";
}

TEST_F(KioskLink, ARestartIsNoSecondMachine) {
  for (const char* run : {"a", "a", "b", "b", "c", "d"}) ASSERT_TRUE(beat(run).ok());
  EXPECT_TRUE(audit_.entries.empty());

  ASSERT_TRUE(beat("c").ok());

  EXPECT_EQ(audit_.actions(),
            std::vector<std::string>{"kiosk.two-machines kiosk:" + kiosk_.id.text()});
}

TEST_F(KioskLink, TwoMachinesWithOneKeyAreWrittenDownOnceAnHour) {
  for (int i = 0; i < 240; ++i) {
    ASSERT_TRUE(beat(i % 2 == 0 ? "a" : "b").ok());
    now_ += seconds{30};
  }

  EXPECT_EQ(audit_.entries.size(), 2u);
}

TEST_F(KioskLink, ACommandIsToldForAnHour) {
  const auto command = command_kiosk(desk(), kiosk_.id, CommandKind::volume, 30);
  now_ += hours{1} - Milliseconds{1};
  ASSERT_EQ(beat("a")->commands.size(), 1u);
  EXPECT_EQ(beat("a")->commands.front(), command->command);

  now_ += Milliseconds{1};

  EXPECT_TRUE(beat("a")->commands.empty());
}

TEST_F(KioskLink, TwentyCommandsWaitAndNoMore) {
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(command_kiosk(desk(), kiosk_.id, CommandKind::identify, 0).ok());
  }
  expect_error(command_kiosk(desk(), kiosk_.id, CommandKind::identify, 0), "too-large");
  now_ += hours{1};
  EXPECT_TRUE(command_kiosk(desk(), kiosk_.id, CommandKind::identify, 0).ok());
  expect_error(command_kiosk(desk(), KioskId("nobody"), CommandKind::identify, 0), "missing");
}

TEST_F(KioskLink, AResultThatNobodyAskedForIsForgotten) {
  const Kiosk second = enrol(other_, "Đình");
  const auto command = command_kiosk(desk(), second.id, CommandKind::restart, 0);
  Heartbeat heartbeat;
  heartbeat.results = {{command->command.id, CommandOutcome::done, ""},
                       {"never-asked", CommandOutcome::done, ""}};

  const auto answer = hear_heartbeat(desk(), kiosk_, heartbeat, {}, "x");

  EXPECT_EQ(answer->results, (std::vector<std::string>{command->command.id, "never-asked"}));
  EXPECT_FALSE(kiosks_.commands_.at(command->command.id).result.has_value());
}

TEST_F(KioskLink, ABatchIsJudgedBeforeAnythingIsKept) {
  SignedBatch forged = batch(1, "x1");
  forged.batch.events.front().kind = "fine";
  expect_error(hear_records(desk(), kiosk_, forged), "untrusted", "bad-signature");
  Kiosk second = enrol(other_, "Đình");
  expect_error(hear_records(desk(), second, batch(1, "x1")), "untrusted", "wrong-kiosk");
  EXPECT_TRUE(kiosks_.batches_.empty());

  EXPECT_EQ(hear_records(desk(), kiosk_, batch(1, "x1"))->kept, std::vector<std::string>{"x1"});
  EXPECT_EQ(hear_records(desk(), kiosk_, batch(1, "x1"))->kept, std::vector<std::string>{"x1"});
  expect_error(hear_records(desk(), kiosk_, batch(1, "x2")), "untrusted", "sequence-reused");
  EXPECT_EQ(kiosks_.events_.size(), 1u);

  kiosk_.revoked_at = desk().now;
  expect_error(hear_records(desk(), kiosk_, batch(2, "x3")), "untrusted", "revoked");
}

TEST_F(KioskLink, AGapInTheNumbersIsWrittenDown) {
  ASSERT_TRUE(hear_records(desk(), kiosk_, batch(5, "x1")).ok());
  ASSERT_TRUE(hear_records(desk(), kiosk_, batch(6, "x2")).ok());
  EXPECT_TRUE(audit_.entries.empty()) << "the first may have any number";

  ASSERT_TRUE(hear_records(desk(), kiosk_, batch(8, "x3")).ok());
  ASSERT_TRUE(hear_records(desk(), kiosk_, batch(7, "x4")).ok()) << "late, by a stick";

  ASSERT_EQ(audit_.entries.size(), 1u);
  EXPECT_EQ(audit_.entries.front().event.action, "kiosk.records-gap");
}

TEST_F(KioskLink, ATokenIsRenewedWithAHigherCounterOnly) {
  const std::string first = renew(5, key_)->token;
  expect_error(renew(5, key_), "untrusted", "token-replayed");
  expect_error(renew(4, key_), "untrusted", "token-replayed");
  expect_error(renew(6, other_), "untrusted", "bad-signature");
  EXPECT_TRUE(authenticate_kiosk(kiosks_, first).ok());
  const std::string second = renew(6, key_)->token;
  expect_error(authenticate_kiosk(kiosks_, first), "untrusted", "unknown-token");
  EXPECT_TRUE(authenticate_kiosk(kiosks_, second).ok());
}

TEST_F(KioskLink, WhoIsRevokedStaysRevoked) {
  const std::string token = renew(1, key_)->token;
  ASSERT_TRUE(revoke_kiosk(desk(), kiosk_.id).ok());

  expect_error(authenticate_kiosk(kiosks_, token), "untrusted", "revoked");
  expect_error(renew(2, key_), "untrusted", "revoked");
  expect_error(revoke_kiosk(desk(), kiosk_.id), "conflict");
  expect_error(command_kiosk(desk(), kiosk_.id, CommandKind::identify, 0), "conflict",
               "revoked");
  EXPECT_EQ(audit_.actions().back(), "kiosk.revoked kiosk:" + kiosk_.id.text());
  EXPECT_TRUE(enrol(key_).revoked_at == std::nullopt) << "it may come in anew, as another";
}

class Places : public KioskWorld {};

TEST_F(Places, GroupsHaveIdsAndThereAreTwoHundred) {
  for (const char* id : {"", "Gate", "a b", "-a", "../x", "cổng"}) {
    expect_error(keep_group(desk(), {GroupId(id), {"X", {}}}), "malformed");
    expect_error(keep_site(desk(), {SiteId(id), {"X", {}}, SiteClass::office}), "malformed");
  }
  for (int i = 1; i < 200; ++i) {
    ASSERT_TRUE(keep_group(desk(), {GroupId("g" + std::to_string(i)), {"X", {}}}).ok());
  }
  expect_error(keep_group(desk(), {GroupId("one-more"), {"X", {}}}), "too-large");
  EXPECT_TRUE(keep_group(desk(), {GroupId("gate"), {"Cổng mới", {}}}).ok());
  EXPECT_EQ(kiosks_.groups_.at(GroupId("gate")).name.vi, "Cổng mới");
  EXPECT_EQ(audit_.entries.back().event.before, JsonValue("Cổng làng"));
}

TEST_F(Places, AKioskStandsWhereThereIsAPlace) {
  const Kiosk kiosk = enrol(key_);
  ASSERT_TRUE(keep_site(desk(), {SiteId("yard"), {"Sân", {}}, SiteClass::fair}).ok());
  const auto change = [&](const NewKiosk& next) {
    return change_kiosk(desk(), kiosk.id, next);
  };

  expect_error(change({"", GroupId("gate"), {}}), "malformed");
  expect_error(change({std::string(401, 'x'), GroupId("gate"), {}}), "malformed");
  expect_error(change({"X", GroupId("nowhere"), {}}), "malformed");
  expect_error(change({"X", GroupId("gate"), SiteId("nowhere")}), "malformed");
  expect_error(change_kiosk(desk(), KioskId("nobody"), {"X", GroupId("gate"), {}}), "missing");
  const auto changed = change({"Đình", GroupId("gate"), SiteId("yard")});

  EXPECT_EQ(changed->site, SiteId("yard"));
  EXPECT_EQ(kiosks_.kiosks_.at(kiosk.id), *changed);
  EXPECT_EQ(audit_.entries.back().event.action, "kiosk.changed");
}

}  // namespace
}  // namespace conglang::server
