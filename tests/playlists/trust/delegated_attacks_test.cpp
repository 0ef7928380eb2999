// Each attack that TUF names, against a role that is delegated to: the role keeps what was
// trusted of it, nothing else stops, and the next good version is taken as if nothing was.
#include <gtest/gtest.h>

#include <functional>

#include "tests/playlists/trust/refresh_world.h"

namespace conglang {
namespace {

constexpr const char* kList = "takedown/list.json";

class DelegatedAttack : public testing::Test {
 protected:
  DelegatedAttack() {
    repository().delegates = {"takedown"};
    takedown() = {{{TestKey("takedown")}, 1}, {"takedown/*"}, {{kList, "five"}}};
    repository().publish(5);
    world_.step();
    takedown().targets[kList] = "six";
    world_.change_publication("{\"v\":6}");
  }

  TestRepository& repository() { return world_.repository; }
  TestDelegatedRole& takedown() { return repository().delegated["takedown"]; }
  std::string& takedown_file(std::int64_t version) {
    return world_.file(TestRepository::name(version, "takedown"));
  }

  // Signs snapshot and timestamp again, over what lies there.
  void seal(std::int64_t version) {
    repository().publish_snapshot(version, version);
    repository().publish_timestamp(version, version);
  }

  static std::string list_of(const TrustOutcome& outcome, TestRepository& source) {
    const auto read = outcome.targets->read(kList, source);
    if (const Fault* fault = std::get_if<Fault>(&read))
      return std::string(name_of(fault->kind));
    return std::get<VerifiedTarget>(read).bytes();
  }

  void expect_refused(const std::string& fault) {
    const TrustOutcome outcome = world_.step();
    EXPECT_EQ(fault_name(outcome), "none") << "the top level goes on";
    EXPECT_EQ(outcome.targets->version(), 6);
    ASSERT_EQ(outcome.delegated_faults.size(), 1u);
    EXPECT_EQ(name_of(outcome.delegated_faults[0].kind), fault);
    EXPECT_EQ(outcome.delegated_faults[0].where, "takedown");
    EXPECT_EQ(list_of(outcome, repository()), "five");

    // Again, from what was kept; also without a repository.
    EXPECT_EQ(list_of(world_.step(), repository()), "five");
    EXPECT_EQ(list_of(recall(world_.state, world_.now), repository()), "five");

    takedown().targets[kList] = "nine";
    repository().publish(9);
    const TrustOutcome good = world_.step();
    EXPECT_EQ(fault_name(good), "none");
    EXPECT_TRUE(good.delegated_faults.empty()) << "barred by the failed step";
    EXPECT_EQ(list_of(good, repository()), "nine");
  }

  RefreshWorld world_;
};

TEST_F(DelegatedAttack, NobodyAttacks) {
  repository().publish(6);
  const TrustOutcome outcome = world_.step();

  EXPECT_TRUE(outcome.delegated_faults.empty());
  EXPECT_EQ(list_of(outcome, repository()), "six");
}

TEST_F(DelegatedAttack, AStrangerSigns) {
  repository().publish(6);
  takedown_file(6) = signed_file(repository().delegated_body("takedown", 6), {TestKey("x")});
  seal(6);
  expect_refused("bad-signature");
}

// The online keys sign what they like, but this role is the takedown key's.
TEST_F(DelegatedAttack, TheOtherOnlineKeysSign) {
  repository().publish(6);
  takedown_file(6) = signed_file(repository().delegated_body("takedown", 6),
                                 {TestKey("snapshot"), TestKey("timestamp")});
  seal(6);
  expect_refused("bad-signature");
}

TEST_F(DelegatedAttack, TheBodyIsChangedAfterSigning) {
  repository().publish(6);
  std::string& file = takedown_file(6);
  file.replace(file.find("list.json"), 9, "lost.json");
  seal(6);
  expect_refused("bad-signature");
}

TEST_F(DelegatedAttack, OtherBytesThanTheSnapshotNames) {
  repository().publish(6);
  takedown_file(6)[takedown_file(6).size() / 2] ^= 1;
  expect_refused("wrong-hash");
}

TEST_F(DelegatedAttack, AShorterFileThanTheSnapshotNames) {
  repository().publish(6);
  takedown_file(6).pop_back();
  expect_refused("wrong-length");
}

TEST_F(DelegatedAttack, TheVersionBeforeInTheNewPlace) {
  repository().publish(6);
  takedown_file(6) = takedown_file(5);
  expect_refused("mix-and-match");
}

TEST_F(DelegatedAttack, TheVersionBeforeInTheNewPlaceWithoutStatedHashes) {
  repository().states_lengths = false;
  repository().publish(6);
  takedown_file(6) = takedown_file(5);
  expect_refused("mix-and-match");
}

TEST_F(DelegatedAttack, AFileThatDoesNotEnd) {
  repository().publish(6);
  takedown_file(6).append(2 << 20, ' ');
  expect_refused("endless-data");
}

TEST_F(DelegatedAttack, AFileThatIsNotThere) {
  repository().publish(6);
  repository().files.erase(TestRepository::name(6, "takedown"));
  expect_refused("missing");
}

TEST_F(DelegatedAttack, AFileWithoutForm) {
  repository().publish(6);
  takedown_file(6) = "{\"signed\":{}}";
  seal(6);
  expect_refused("malformed");
}

TEST_F(DelegatedAttack, AFileOfADeepNest) {
  repository().publish(6);
  takedown_file(6) = std::string(20000, '[');
  seal(6);
  expect_refused("malformed");
}

TEST_F(DelegatedAttack, AnotherRoleUnderThisName) {
  repository().publish(6);
  takedown_file(6) = signed_file(JsonObject(TestRepository::head("snapshot", 6, world_.now)),
                                 takedown().role.keys);
  seal(6);
  expect_refused("malformed");
}

// Behind a snapshot of rotated keys nothing is compared with; the role remembers by itself.
TEST_F(DelegatedAttack, ARollbackBehindANewSnapshotKey) {
  repository().snapshot.keys = {TestKey("snapshot, made anew")};
  repository().publish_root(2);
  repository().publish_delegated("takedown", 4);
  repository().publish_targets(6);
  seal(6);
  expect_refused("rollback");
}

TEST_F(DelegatedAttack, ARoleThatVanishesBehindANewSnapshotKey) {
  repository().snapshot.keys = {TestKey("snapshot, made anew")};
  repository().publish_root(2);
  repository().publish_targets(6);
  takedown().version = 0;
  seal(6);
  expect_refused("rollback");
}

// The snapshot is what the specification refuses here, with everything that it lists.
TEST_F(DelegatedAttack, ASnapshotThatNamesAnOlderVersionIsRefusedItself) {
  repository().publish_delegated("takedown", 4);
  repository().publish_targets(6);
  seal(6);
  EXPECT_EQ(fault_name(world_.step()), "rollback snapshot");

  repository().publish(9);
  EXPECT_EQ(list_of(world_.step(), repository()), "six");
}

TEST_F(DelegatedAttack, ASnapshotThatListsTheRoleNoLongerIsRefusedItself) {
  repository().publish_targets(6);
  takedown().version = 0;
  seal(6);
  EXPECT_EQ(fault_name(world_.step()), "rollback snapshot");

  repository().publish(9);
  EXPECT_EQ(list_of(world_.step(), repository()), "six");
}

TEST_F(DelegatedAttack, AFreeze) {
  takedown().expires = world_.now;
  repository().publish(6);
  const TrustOutcome outcome = world_.step();

  EXPECT_EQ(fault_name(outcome), "none");
  ASSERT_EQ(outcome.delegated_faults.size(), 1u);
  EXPECT_EQ(to_string(outcome.delegated_faults[0]).substr(0, 16), "freeze: takedown");
  // What it says can still be read by who goes on with expired lists.
  EXPECT_EQ(list_of(outcome, repository()), "six");
  EXPECT_TRUE(outcome.targets->delegated("takedown")->is_expired);
  EXPECT_FALSE(outcome.targets->is_expired());
  EXPECT_EQ(outcome.state.delegated.at("takedown"), takedown_file(5));
  EXPECT_EQ(outcome.including_expired.delegated.at("takedown"), takedown_file(6));

  takedown().expires = world_.now + std::chrono::hours(1);
  repository().publish(7);
  EXPECT_TRUE(world_.step().delegated_faults.empty());
}

TEST_F(DelegatedAttack, AFreezeIsNamedWithoutANetworkToo) {
  const TrustOutcome outcome = recall(world_.state, takedown().expires);

  ASSERT_FALSE(outcome.delegated_faults.empty());
  EXPECT_EQ(outcome.delegated_faults[0].kind, TrustFault::freeze);
  EXPECT_EQ(list_of(outcome, repository()), "five");
}

// A thief of all online keys signs the highest versions. New keys, and all is well.
TEST_F(DelegatedAttack, AFastForwardEndsWithNewKeys) {
  constexpr std::int64_t kHighest = 9007199254740992;
  repository().publish_delegated("takedown", kHighest);
  repository().publish_targets(6);
  seal(6);
  EXPECT_TRUE(world_.step().delegated_faults.empty());

  takedown().role.keys = {TestKey("takedown, made anew")};
  repository().snapshot.keys = {TestKey("snapshot, made anew")};
  repository().timestamp.keys = {TestKey("timestamp, made anew")};
  repository().publish_root(2);
  takedown().targets[kList] = "anew";
  repository().publish(7);
  const TrustOutcome outcome = world_.step();

  EXPECT_EQ(fault_name(outcome), "none");
  EXPECT_TRUE(outcome.delegated_faults.empty());
  EXPECT_EQ(list_of(outcome, repository()), "anew");
}

// With the key goes what it signed, also when the thief withholds what comes after.
TEST_F(DelegatedAttack, WhatARevokedKeySignedIsTrustedNoLonger) {
  takedown().role.keys = {TestKey("takedown, made anew")};
  repository().publish(6);
  repository().files.erase(TestRepository::name(6, "takedown"));
  const TrustOutcome outcome = world_.step();

  ASSERT_EQ(outcome.delegated_faults.size(), 1u);
  EXPECT_EQ(outcome.delegated_faults[0].kind, TrustFault::missing);
  EXPECT_EQ(list_of(outcome, repository()), "missing");
  EXPECT_TRUE(outcome.state.delegated.empty());
}

// Who can hold back a role must not thereby give the word to the one after it.
TEST_F(DelegatedAttack, ARoleThatIsWithheldSilencesThoseAfterIt) {
  repository().delegates = {"first", "second"};
  repository().delegated["first"] = {{{TestKey("first")}, 1}, {"shared/*"}, {}};
  repository().delegated["second"] = {
      {{TestKey("second")}, 1}, {"shared/*", "own/*"}, {{"shared/a", "x"}, {"own/a", "x"}}};
  repository().publish(6);
  repository().files.erase(TestRepository::name(6, "first"));
  const TrustOutcome outcome = world_.step();

  EXPECT_EQ(outcome.targets->find("shared/a"), nullptr);
  EXPECT_NE(outcome.targets->find("own/a"), nullptr);
}

}  // namespace
}  // namespace conglang
