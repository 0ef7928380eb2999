#include "content-server/publishing/root_ceremony.h"

#include <gtest/gtest.h>

#include "content-server/publishing/ceremony_plans.h"
#include "playlists/trust/metadata_file.h"

namespace conglang::server {
namespace {

const Instant kNow = parse_instant("2026-11-23T10:00:00Z").value();

// An office with one root key, one approver and its online keys.
class RootCeremony : public testing::Test {
 protected:
  SigningKey root_key = SigningKey::generate();
  SigningKey approver = SigningKey::generate();
  SigningKey snapshot = SigningKey::generate();
  SigningKey timestamp = SigningKey::generate();
  SigningKey fresh = SigningKey::generate();
  RootMetadata current =
      opened(sign_metadata(root_body({1, kNow + kRootLife}, {{root_key.public_json()},
                                                             approver.public_json(),
                                                             snapshot.public_json(),
                                                             timestamp.public_json()}),
                           {root_key}));

  static RootMetadata opened(const std::string& bytes) {
    return std::get<TrustedFile<RootMetadata>>(open_root(bytes)).metadata;
  }

  Result<RootMetadata> after(const RootChange& change) {
    return next_root(current, change, kNow + std::chrono::days(10));
  }
  std::string code_of(const RootChange& change) {
    const auto next = after(change);
    return next.ok() ? "" : next.error().code;
  }
  std::string signed_after(const RootChange& change, const Signers& signers) {
    return sign_root(current, after(change).value(), signers).value();
  }
  std::string refusal_of(const std::string& bytes, Instant now = kNow) {
    const auto checked = check_next_root(current, bytes, now);
    return checked.ok() ? "" : checked.error().code;
  }
  // Two root keys of which one suffices, as version 2.
  void with_second_root_key(std::int64_t threshold = 1) {
    current = opened(
        signed_after({{{Role::root, fresh.public_key()}}, {}, threshold}, {root_key, fresh}));
  }
};

TEST_F(RootCeremony, TheNextRootIsOneVersionOnAndLastsFiveYears) {
  const RootMetadata next = after({}).value();

  EXPECT_EQ(next.version, 2);
  EXPECT_EQ(next.expires, kNow + std::chrono::days(10) + kRootLife);
  EXPECT_EQ(next.roles, current.roles);
  EXPECT_EQ(next.keys, current.keys);
}

TEST_F(RootCeremony, WhatIsWrittenIsReadAgainAsTheSame) {
  const RootMetadata next = after({{{Role::targets, fresh.public_key()}}, {}, {}}).value();
  const auto read =
      check_next_root(current, sign_root(current, next, {root_key}).value(), kNow);

  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->keys, next.keys);
  EXPECT_EQ(read->roles, next.roles);
  EXPECT_EQ(read->expires, next.expires);
}

TEST_F(RootCeremony, AKeyThatNoRoleNamesIsForgotten) {
  const RootMetadata next =
      after({{{Role::targets, fresh.public_key()}}, {{Role::targets, approver.id()}}, {}})
          .value();

  EXPECT_EQ(next.roles.at(Role::targets).key_ids, std::set<std::string>{fresh.id()});
  EXPECT_FALSE(next.keys.contains(approver.id()));
}

TEST_F(RootCeremony, TheLastKeyOfARoleStays) {
  EXPECT_EQ(code_of({{}, {{Role::targets, approver.id()}}, {}}), "too-few-keys");
  EXPECT_EQ(code_of({{}, {{Role::root, root_key.id()}}, {}}), "too-few-keys");
  EXPECT_EQ(code_of({{}, {}, 2}), "too-few-keys");
}

TEST_F(RootCeremony, AKeyServesOneRole) {
  EXPECT_EQ(code_of({{{Role::targets, root_key.public_key()}}, {}, {}}), "one-role");
  EXPECT_EQ(code_of({{{Role::root, approver.public_key()}}, {}, {}}), "one-role");
}

TEST_F(RootCeremony, SaysWhenThereIsNothingToAddOrRemove) {
  EXPECT_EQ(code_of({{{Role::targets, approver.public_key()}}, {}, {}}), "already-named");
  EXPECT_EQ(code_of({{}, {{Role::targets, fresh.id()}}, {}}), "no-such-key");
}

TEST_F(RootCeremony, AnOnlineRoleHasExactlyOneKey) {
  EXPECT_FALSE(after({{{Role::snapshot, fresh.public_key()}}, {}, {}}).ok());
  EXPECT_TRUE(after(plan_online_key(Role::snapshot, fresh.public_key(), current)).ok());
}

TEST_F(RootCeremony, AnotherRootKeyCannotSign) {
  const RootMetadata next = after({}).value();

  const auto made = sign_root(current, next, {fresh});

  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, "too-few-signers");
  EXPECT_EQ(refusal_of(sign_metadata(root_body(next), {fresh})), "bad-signature");
}

TEST_F(RootCeremony, AReplacedRootKeySignsBesideTheNext) {
  const RootChange change{
      {{Role::root, fresh.public_key()}}, {{Role::root, root_key.id()}}, {}};
  const RootMetadata next = after(change).value();

  EXPECT_FALSE(sign_root(current, next, {root_key}).ok());
  EXPECT_FALSE(sign_root(current, next, {fresh}).ok());
  EXPECT_EQ(refusal_of(sign_metadata(root_body(next), {root_key})), "bad-signature");
  EXPECT_EQ(refusal_of(sign_metadata(root_body(next), {fresh})), "bad-signature");
  EXPECT_EQ(refusal_of(signed_after(change, {root_key, fresh})), "");
}

TEST_F(RootCeremony, EitherOfTwoRootKeysCanTakeTheOtherOut) {
  with_second_root_key();
  const RootChange change{{}, {{Role::root, root_key.id()}}, {}};

  EXPECT_EQ(refusal_of(signed_after(change, {fresh})), "");
}

TEST_F(RootCeremony, ARaisedThresholdAsksForThatManyDifferentKeys) {
  with_second_root_key(2);
  const RootMetadata next = after({}).value();

  EXPECT_FALSE(sign_root(current, next, {fresh}).ok());
  EXPECT_FALSE(sign_root(current, next, {fresh, fresh}).ok());
  EXPECT_EQ(refusal_of(sign_metadata(root_body(next), {fresh, fresh})), "bad-signature");
  EXPECT_EQ(refusal_of(signed_after({}, {fresh, root_key})), "");
}

TEST_F(RootCeremony, OnlyTheVersionThatFollowsIsTaken) {
  const std::string second = signed_after({}, {root_key});
  const RootMetadata first = current;
  current = opened(second);

  EXPECT_EQ(refusal_of(second), "stale-root");
  EXPECT_EQ(refusal_of(sign_metadata(root_body(first), {root_key})), "stale-root");
}

TEST_F(RootCeremony, AnEndedRootIsRefused) {
  const std::string bytes = signed_after({}, {root_key});
  const Instant end = kNow + std::chrono::days(10) + kRootLife;

  EXPECT_EQ(refusal_of(bytes, end - Milliseconds{1}), "");
  EXPECT_EQ(refusal_of(bytes, end), "root-expired");
}

TEST_F(RootCeremony, WhatWasSignedElsewhereIsHeldToTheSameRules) {
  RootMetadata odd = after({}).value();
  odd.roles.at(Role::targets).key_ids = {root_key.id()};

  EXPECT_EQ(refusal_of(sign_metadata(root_body(odd), {root_key})), "one-role");
}

// --- plans ---

ApproverKey key_of(const SigningKey& key, KeyState state) {
  ApproverKey made{PersonId("lan"), {}, state, kNow};
  made.locked.public_key = key.public_key().bytes;
  return made;
}

TEST_F(RootCeremony, AddingTakesTheWaitingKeyIn) {
  const auto change = plan_approver(
      KeyStep::add, {key_of(approver, KeyState::withdrawn), key_of(fresh, KeyState::waiting)},
      current);

  ASSERT_TRUE(change.ok());
  EXPECT_EQ(after(*change)->roles.at(Role::targets).key_ids,
            (std::set<std::string>{approver.id(), fresh.id()}));
}

TEST_F(RootCeremony, RotatingPutsItInTheOldOnesPlace) {
  const auto change = plan_approver(
      KeyStep::rotate,
      {key_of(approver, KeyState::withdrawn), key_of(fresh, KeyState::waiting)}, current);

  ASSERT_TRUE(change.ok());
  EXPECT_EQ(after(*change)->roles.at(Role::targets).key_ids, std::set<std::string>{fresh.id()});
}

TEST_F(RootCeremony, RevokingTakesTheLostKeysOutAndLeavesTheOthers) {
  current = after({{{Role::targets, fresh.public_key()}}, {}, {}}).value();
  const std::vector<ApproverKey> keys{key_of(approver, KeyState::withdrawn),
                                      key_of(fresh, KeyState::trusted)};

  const auto change = plan_approver(KeyStep::revoke, keys, current);

  ASSERT_TRUE(change.ok());
  EXPECT_EQ(after(*change)->roles.at(Role::targets).key_ids, std::set<std::string>{fresh.id()});
}

TEST_F(RootCeremony, SaysThatNoKeyWaitsOrIsNamed) {
  const std::vector<ApproverKey> strange{key_of(fresh, KeyState::removed)};

  EXPECT_EQ(plan_approver(KeyStep::add, strange, current).error().code, "no-waiting-key");
  EXPECT_EQ(plan_approver(KeyStep::revoke, strange, current).error().code, "no-such-key");
}

TEST_F(RootCeremony, WhichRootKeyGoesMustBeSaidWhenThereAreTwo) {
  const SigningKey third = SigningKey::generate();
  EXPECT_TRUE(plan_root_key({KeyStep::rotate, third.public_key(), "", {}}, current).ok());
  with_second_root_key();

  const auto unsaid = plan_root_key({KeyStep::rotate, third.public_key(), "", {}}, current);
  EXPECT_EQ(unsaid.error().code, "which-key");
  EXPECT_EQ(plan_root_key({KeyStep::revoke, {}, "no", {}}, current).error().code, "which-key");
  const auto said =
      plan_root_key({KeyStep::rotate, third.public_key(), root_key.id(), {}}, current);
  ASSERT_TRUE(said.ok());
  EXPECT_EQ(after(*said)->roles.at(Role::root).key_ids,
            (std::set<std::string>{fresh.id(), third.id()}));
}

}  // namespace
}  // namespace conglang::server
