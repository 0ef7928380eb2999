#include "playlists/trust/refresh.h"

#include <gtest/gtest.h>

#include "tests/playlists/trust/refresh_world.h"

namespace conglang {
namespace {

constexpr std::int64_t kEdge = 9007199254740992;  // 2^53

TEST(Refresh, TrustsANewRepositoryFromItsRootAlone) {
  RefreshWorld world;

  const TrustOutcome outcome = world.step();

  EXPECT_EQ(fault_name(outcome), "none");
  ASSERT_TRUE(outcome.targets);
  EXPECT_EQ(outcome.targets->version(), 1);
  EXPECT_FALSE(outcome.targets->is_expired());
  EXPECT_NE(outcome.targets->find(RefreshWorld::kPublication), nullptr);
  EXPECT_EQ(outcome.state, outcome.including_expired);
  EXPECT_EQ(outcome.state.timestamp, world.file(RefreshWorld::kTimestampFile));
}

TEST(Refresh, StopsQuietlyAtAnEqualTimestampAndReadsNothingMore) {
  RefreshWorld world;
  world.step();
  const TrustedState before = world.state;
  world.repository.reads = 0;

  const TrustOutcome outcome = world.step();

  EXPECT_EQ(fault_name(outcome), "none");
  EXPECT_EQ(world.repository.reads, 2);  // is there a next root, and the timestamp
  EXPECT_EQ(outcome.state, before);
  EXPECT_EQ(outcome.targets->version(), 1);
}

TEST(Refresh, FollowsANewVersion) {
  RefreshWorld world;
  world.step();
  world.change_publication("{\"v\":2}");
  world.repository.publish(2);

  const TrustOutcome outcome = world.step();

  EXPECT_EQ(fault_name(outcome), "none");
  EXPECT_EQ(outcome.targets->version(), 2);
}

TEST(Refresh, ReachesTheHighestVersionAndRefusesTheNext) {
  RefreshWorld world;
  world.repository.publish(kEdge);
  EXPECT_EQ(fault_name(world.step()), "none");
  EXPECT_EQ(world.step().targets->version(), kEdge);

  world.repository.publish(kEdge + 1);
  EXPECT_EQ(fault_name(world.step()), "malformed timestamp");
}

TEST(Refresh, WorksWithoutStatedLengthsAndHashes) {
  RefreshWorld world;
  world.repository.states_lengths = false;
  world.repository.publish(2);

  EXPECT_EQ(fault_name(world.step()), "none");
}

TEST(Refresh, GivesWhatWasTrustedBeforeWhenNothingCanBeReached) {
  RefreshWorld world;
  world.step();
  const TrustedState before = world.state;
  world.repository.files.clear();

  const TrustOutcome outcome = world.step();

  EXPECT_EQ(fault_name(outcome), "missing timestamp");
  EXPECT_EQ(outcome.state, before);
  ASSERT_TRUE(outcome.targets);
  EXPECT_EQ(outcome.targets->version(), 1);
  EXPECT_FALSE(outcome.targets->is_expired());
}

TEST(Refresh, NeedsAPinnedRoot) {
  RefreshWorld world;
  world.state = {};
  const TrustOutcome outcome = world.step();
  EXPECT_EQ(fault_name(outcome), "malformed root");
  EXPECT_FALSE(outcome.targets);
}

TEST(Refresh, LeavesOutAKeptFileThatIsDamagedAndFetchesItAgain) {
  RefreshWorld world;
  world.step();
  world.state.snapshot[world.state.snapshot.size() / 2] ^= 1;

  const TrustOutcome outcome = world.step();

  EXPECT_EQ(fault_name(outcome), "none");
  ASSERT_EQ(outcome.discarded.size(), 1u);
  EXPECT_EQ(outcome.discarded[0].where, "snapshot");
  EXPECT_EQ(outcome.state.snapshot, world.file("metadata/1.snapshot.json"));
}

TEST(Recall, ProvesTheKeptStateWithoutARepository) {
  RefreshWorld world;
  world.step();

  const TrustOutcome outcome = recall(world.state, world.now);

  EXPECT_EQ(fault_name(outcome), "none");
  EXPECT_EQ(outcome.targets->version(), 1);
  EXPECT_EQ(outcome.state, world.state);
}

TEST(Recall, NamesWhatIsNotKept) {
  RefreshWorld world;
  const TrustOutcome outcome = recall(world.state, world.now);
  EXPECT_EQ(fault_name(outcome), "missing timestamp");
  EXPECT_FALSE(outcome.targets);
}

TEST(Recall, GivesExpiredTargetsBesideTheFreeze) {
  RefreshWorld world;
  world.step();

  const TrustOutcome outcome = recall(world.state, world.repository.timestamp_expires);

  EXPECT_EQ(fault_name(outcome), "freeze timestamp");
  ASSERT_TRUE(outcome.targets);
  EXPECT_TRUE(outcome.targets->is_expired());
}

TEST(Recall, RefusesTargetsThatNoKeyOfTheRootHasSigned) {
  RefreshWorld world;
  world.step();
  RefreshWorld stranger;
  stranger.repository.targets_role.keys = {TestKey("stranger")};
  stranger.repository.publish(1);
  world.state.targets = stranger.file("metadata/1.targets.json");

  EXPECT_FALSE(recall(world.state, world.now).targets);
}

}  // namespace
}  // namespace conglang
