// The chain of roots: how keys change without anybody being locked out or let in.
#include <gtest/gtest.h>

#include "tests/playlists/trust/refresh_world.h"

namespace conglang {
namespace {

TEST(RootChain, IsFollowedOverThirtyRootsThatWereMissed) {
  RefreshWorld world;
  world.step();
  for (int version = 2; version <= 31; ++version) {
    const TestKeys previous = world.repository.root.keys;
    world.repository.root.keys = {TestKey("root " + std::to_string(version))};
    world.repository.publish_root(version, previous);
  }
  world.repository.timestamp.keys = {TestKey("timestamp 31")};
  world.repository.publish_root(32);
  world.repository.publish(2);

  const TrustOutcome outcome = world.step();

  EXPECT_EQ(fault_name(outcome), "none");
  EXPECT_EQ(outcome.state.root, world.file("metadata/32.root.json"));
  EXPECT_EQ(outcome.targets->version(), 2);
}

TEST(RootChain, IsFollowedThroughRootsThatHaveExpiredMeanwhile) {
  RefreshWorld world;
  world.repository.root_expires = world.now - std::chrono::hours(1);
  world.repository.publish_root(2);
  world.repository.root_expires = world.now + std::chrono::hours(1);
  world.repository.publish_root(3);

  EXPECT_EQ(fault_name(world.step()), "none");
}

TEST(RootChain, EndsWithFreezeAtAnExpiredRoot) {
  RefreshWorld world;
  world.now = world.repository.root_expires;
  const TrustOutcome outcome = world.step();
  EXPECT_EQ(fault_name(outcome), "freeze root");
  EXPECT_TRUE(outcome.state.timestamp.empty());
}

TEST(RootChain, NeedsTheThresholdOfTheRootBefore) {
  RefreshWorld world;
  world.repository.root = {{TestKey("thief")}, 1};
  world.repository.publish_root(2);

  const TrustOutcome outcome = world.step();

  EXPECT_EQ(fault_name(outcome), "bad-signature root");
  EXPECT_EQ(outcome.state, world.state);
}

TEST(RootChain, NeedsTheThresholdOfTheNewRoot) {
  RefreshWorld world;
  const TestKeys previous = world.repository.root.keys;
  world.repository.root = {{TestKey("a"), TestKey("b")}, 2};
  const JsonValue body = world.repository.root_body(2);
  world.repository.files["metadata/2.root.json"] =
      signed_file(body, {previous[0], TestKey("a")});
  EXPECT_EQ(fault_name(world.step()), "bad-signature root");

  world.repository.files["metadata/2.root.json"] =
      signed_file(body, {previous[0], TestKey("a"), TestKey("b")});
  EXPECT_EQ(fault_name(world.step()), "none");
}

TEST(RootChain, ChangesTheThresholdFromOneToThreeAndBack) {
  RefreshWorld world;
  const TestKeys three{TestKey("a"), TestKey("b"), TestKey("c")};
  const TestKeys first = world.repository.root.keys;
  world.repository.root = {three, 3};
  world.repository.publish_root(2, first);
  world.repository.root = {{TestKey("a")}, 1};
  world.repository.publish_root(3, {TestKey("b"), TestKey("c")});

  EXPECT_EQ(fault_name(world.step()), "none");
  EXPECT_EQ(world.state.root, world.file("metadata/3.root.json"));
}

TEST(RootChain, RefusesAThresholdMetByOneKeyRepeated) {
  RefreshWorld world;
  world.repository.root = {{TestKey("root"), TestKey("b")}, 2};
  world.repository.files["metadata/2.root.json"] = signed_file(
      world.repository.root_body(2), {TestKey("root"), TestKey("root"), TestKey("root")});

  EXPECT_EQ(fault_name(world.step()), "bad-signature root");
}

TEST(RootChain, TakesEachVersionInItsTurn) {
  RefreshWorld world;
  world.repository.files["metadata/2.root.json"] = world.repository.publish_root(3);
  world.repository.files.erase("metadata/3.root.json");
  EXPECT_EQ(fault_name(world.step()), "mix-and-match root");

  world.repository.files["metadata/2.root.json"] = world.file("metadata/1.root.json");
  EXPECT_EQ(fault_name(world.step()), "rollback root");

  world.repository.publish_root(2);
  EXPECT_EQ(fault_name(world.step()), "none");
}

TEST(RootChain, KeepsTheRootsThatHeldBeforeTheOneThatFailed) {
  RefreshWorld world;
  const std::string second = world.repository.publish_root(2);
  world.repository.files["metadata/3.root.json"] = "garbage";

  const TrustOutcome outcome = world.step();

  EXPECT_EQ(fault_name(outcome), "malformed root");
  EXPECT_EQ(outcome.state.root, second);
}

TEST(RootChain, RevokesTheTargetsOfAKeyThatIsTakenAway) {
  RefreshWorld world;
  world.step();
  world.repository.targets_role.keys = {TestKey("a new approver")};
  world.repository.publish_root(2);

  EXPECT_FALSE(recall(world.state, world.now).fault);
  const TrustOutcome outcome = world.step();  // the old targets are still out there

  EXPECT_EQ(fault_name(outcome), "bad-signature targets");
  EXPECT_FALSE(outcome.targets);
}

TEST(RootChain, IsPinnedOnlyWhenItsOwnKeysHaveSignedIt) {
  TestRepository repository;
  EXPECT_FALSE(check_root(repository.publish_root(1)));

  repository.root.threshold = 2;
  const auto fault = check_root(repository.publish_root(1));
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, TrustFault::bad_signature);
}

}  // namespace
}  // namespace conglang
