// Each attack that TUF names, against a kiosk that already trusts version 5.
#include <gtest/gtest.h>

#include "tests/playlists/trust/refresh_world.h"

namespace conglang {
namespace {

constexpr const char* kTimestamp = RefreshWorld::kTimestampFile;

class Attack : public testing::Test {
 protected:
  Attack() {
    world_.repository.other_metadata["takedown.json"] = 5;
    world_.repository.publish(5);
    world_.step();
  }

  // The attack is named `fault`, changes nothing that is kept beyond the roles of
  // `advanced`, and the next good version is accepted as if it had never happened.
  void expect_refused(const std::string& fault, const TrustedState& expected) {
    const TrustOutcome outcome = world_.step();
    EXPECT_EQ(fault_name(outcome), fault);
    EXPECT_EQ(outcome.state, expected);
    ASSERT_TRUE(outcome.targets);
    EXPECT_EQ(outcome.targets->version(), 5);

    world_.repository.other_metadata["takedown.json"] = 9;
    world_.repository.publish(9);
    const TrustOutcome good = world_.step();
    EXPECT_EQ(fault_name(good), "none") << "barred by the failed step";
    EXPECT_EQ(good.targets->version(), 9);
  }

  void expect_refused(const std::string& fault) { expect_refused(fault, world_.state); }

  // As expect_refused(), for attacks that come behind a timestamp that holds.
  void expect_refused_behind_timestamp(const std::string& fault) {
    TrustedState expected = world_.state;
    expected.timestamp = world_.file(kTimestamp);
    expect_refused(fault, expected);
  }

  // ... and behind a snapshot that holds.
  void expect_refused_behind_snapshot(const std::string& fault, std::int64_t version) {
    TrustedState expected = world_.state;
    expected.timestamp = world_.file(kTimestamp);
    expected.snapshot = world_.file(TestRepository::name(version, "snapshot"));
    expect_refused(fault, expected);
  }

  RefreshWorld world_;
};

// --- rollback ---

TEST_F(Attack, RollbackOfTheTimestamp) {
  world_.repository.publish(4);
  expect_refused("rollback timestamp");
}

// tough CVE-2025-2888: the timestamp was kept before this was looked at.
TEST_F(Attack, RollbackOfTheSnapshotNamedByANewTimestamp) {
  world_.repository.publish_snapshot(4, 5);
  world_.repository.publish_timestamp(6, 4);
  expect_refused("rollback timestamp");
}

// go-tuf CVE-2022-29173: no rollback check outside of the root.
TEST_F(Attack, RollbackOfTheTargetsNamedByANewSnapshot) {
  world_.repository.publish_targets(4);
  world_.repository.publish_snapshot(6, 4);
  world_.repository.publish_timestamp(6, 6);
  expect_refused_behind_timestamp("rollback snapshot");
}

TEST_F(Attack, RollbackOfADelegatedRoleInTheSnapshot) {
  world_.repository.other_metadata["takedown.json"] = 4;
  world_.repository.publish(6);
  expect_refused_behind_timestamp("rollback snapshot");
}

TEST_F(Attack, AListedFileVanishesFromTheSnapshot) {
  world_.repository.other_metadata.clear();
  world_.repository.publish(6);
  expect_refused_behind_timestamp("rollback snapshot");
}

// --- freeze ---

TEST_F(Attack, FreezeByAnOldTimestamp) {
  world_.now = world_.repository.timestamp_expires;
  const TrustOutcome outcome = world_.step();

  EXPECT_EQ(fault_name(outcome), "freeze timestamp");
  ASSERT_TRUE(outcome.targets);
  EXPECT_TRUE(outcome.targets->is_expired());

  world_.repository.timestamp_expires += std::chrono::hours(240);
  world_.repository.snapshot_expires += std::chrono::hours(240);
  world_.repository.publish(6);
  EXPECT_EQ(fault_name(world_.step()), "none");
}

// --- bad signature ---

TEST_F(Attack, ATimestampOfAStranger) {
  world_.repository.timestamp.keys = {TestKey("stranger")};
  world_.repository.publish(6);
  const TrustOutcome outcome = world_.step();

  EXPECT_EQ(fault_name(outcome), "bad-signature timestamp");
  world_.repository.timestamp.keys = {TestKey("timestamp")};
  world_.repository.publish(6);
  EXPECT_EQ(fault_name(world_.step()), "none");
}

TEST_F(Attack, TargetsSignedByTheOnlineKeysOnly) {
  world_.repository.targets_role.keys = {TestKey("snapshot"), TestKey("timestamp")};
  world_.repository.publish(6);
  const TrustOutcome outcome = world_.step();

  EXPECT_EQ(fault_name(outcome), "bad-signature targets");
  EXPECT_EQ(outcome.targets->version(), 5);
}

TEST_F(Attack, ABodyChangedAfterSigning) {
  std::string& timestamp = world_.file(kTimestamp);
  timestamp.replace(timestamp.find("\"version\":5"), 11, "\"version\":8");
  expect_refused("bad-signature timestamp");
}

// --- wrong hash, wrong length ---

TEST_F(Attack, ASnapshotOfOtherBytes) {
  world_.repository.publish(6);
  std::string& snapshot = world_.file("metadata/6.snapshot.json");
  snapshot[snapshot.size() / 2] ^= 1;
  expect_refused_behind_timestamp("wrong-hash snapshot");
}

TEST_F(Attack, ALongerSnapshot) {
  world_.repository.publish(6);
  world_.file("metadata/6.snapshot.json") += " ";
  expect_refused_behind_timestamp("wrong-length snapshot");
}

TEST_F(Attack, TargetsOfOtherBytes) {
  world_.repository.publish(6);
  std::string& targets = world_.file("metadata/6.targets.json");
  targets[targets.size() / 2] ^= 1;
  expect_refused_behind_snapshot("wrong-hash targets", 6);
}

TEST_F(Attack, ShorterTargets) {
  world_.repository.publish(6);
  world_.file("metadata/6.targets.json").pop_back();
  expect_refused_behind_snapshot("wrong-length targets", 6);
}

// --- mix and match ---

TEST_F(Attack, TheSnapshotOfAnotherVersion) {
  world_.repository.publish(6);
  world_.file("metadata/6.snapshot.json") = world_.file("metadata/5.snapshot.json");
  expect_refused_behind_timestamp("mix-and-match snapshot");
}

TEST_F(Attack, TheTargetsOfAnotherVersion) {
  world_.repository.publish(6);
  world_.file("metadata/6.targets.json") = world_.file("metadata/5.targets.json");
  expect_refused_behind_snapshot("mix-and-match targets", 6);
}

TEST_F(Attack, TheTargetsOfAnotherVersionWithoutStatedHashes) {
  world_.repository.states_lengths = false;
  world_.repository.publish(6);
  world_.file("metadata/6.targets.json") = world_.file("metadata/5.targets.json");
  expect_refused_behind_snapshot("mix-and-match targets", 6);
}

// --- endless data ---

TEST_F(Attack, ATimestampThatDoesNotEnd) {
  world_.file(kTimestamp).append(1 << 20, ' ');
  expect_refused("endless-data timestamp");
}

TEST_F(Attack, ASnapshotThatDoesNotEnd) {
  world_.repository.publish(6);
  world_.file("metadata/6.snapshot.json").append(4 << 20, ' ');
  expect_refused_behind_timestamp("endless-data snapshot");
}

TEST_F(Attack, ARootThatDoesNotEnd) {
  world_.repository.files["metadata/2.root.json"] = std::string(1 << 20, ' ');
  const TrustOutcome outcome = world_.step();
  EXPECT_EQ(fault_name(outcome), "endless-data root");
  EXPECT_EQ(outcome.targets->version(), 5);
}

// --- missing, malformed ---

TEST_F(Attack, AMissingSnapshotIsFetchedWhenItComes) {
  world_.repository.publish(6);
  const std::string snapshot = world_.file("metadata/6.snapshot.json");
  world_.repository.files.erase("metadata/6.snapshot.json");
  EXPECT_EQ(fault_name(world_.step()), "missing snapshot");

  // The same timestamp again: what it names is still wanted.
  world_.repository.files["metadata/6.snapshot.json"] = snapshot;
  const TrustOutcome outcome = world_.step();

  EXPECT_EQ(fault_name(outcome), "none");
  EXPECT_EQ(outcome.targets->version(), 6);
}

TEST_F(Attack, AMissingTargetsFileIsFetchedWhenItComes) {
  world_.repository.publish(6);
  const std::string targets = world_.file("metadata/6.targets.json");
  world_.repository.files.erase("metadata/6.targets.json");
  EXPECT_EQ(fault_name(world_.step()), "missing targets");

  world_.repository.files["metadata/6.targets.json"] = targets;
  EXPECT_EQ(world_.step().targets->version(), 6);
}

TEST_F(Attack, ATimestampCutShort) {
  world_.repository.publish(6);
  world_.file(kTimestamp).resize(40);
  expect_refused("malformed timestamp");
}

TEST_F(Attack, ATimestampOfADeepNest) {
  world_.file(kTimestamp) = std::string(20000, '[');
  expect_refused("malformed timestamp");
}

// --- a fast-forward by a stolen key ---

TEST_F(Attack, AFastForwardBarsUntilTheKeyIsRotated) {
  world_.repository.publish(9007199254740992);  // the thief signs the highest version
  EXPECT_EQ(fault_name(world_.step()), "none");
  world_.repository.publish(6);
  EXPECT_EQ(fault_name(world_.step()), "rollback timestamp");

  world_.repository.timestamp.keys = {TestKey("timestamp, made anew")};
  world_.repository.snapshot.keys = {TestKey("snapshot, made anew")};
  world_.repository.publish_root(2);
  world_.repository.publish(7);
  const TrustOutcome outcome = world_.step();

  EXPECT_EQ(fault_name(outcome), "none");
  EXPECT_EQ(outcome.targets->version(), 7);
}

// The timestamp key is still the same, so the kept timestamp is still signed well; it
// must go all the same, for it names the snapshot that the thief has made.
TEST_F(Attack, AFastForwardOfTheSnapshotEndsWhenThatKeyAloneIsRotated) {
  world_.repository.publish_targets(6);
  world_.repository.publish_snapshot(9007199254740992, 6);
  world_.repository.publish_timestamp(6, 9007199254740992);
  EXPECT_EQ(fault_name(world_.step()), "none");

  world_.repository.snapshot.keys = {TestKey("snapshot, made anew")};
  world_.repository.publish_root(2);
  world_.repository.publish(7);

  EXPECT_EQ(fault_name(world_.step()), "none");
}

}  // namespace
}  // namespace conglang
