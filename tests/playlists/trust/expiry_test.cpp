// What has expired: never kept as trusted, yet given to those who show it on.
#include <gtest/gtest.h>

#include "tests/playlists/trust/refresh_world.h"

namespace conglang {
namespace {

using std::chrono::milliseconds;

struct ExpiryCase {
  const char* role;
  Instant TestRepository::*expires;
};

class Expiry : public testing::TestWithParam<ExpiryCase> {};

TEST_P(Expiry, HoldsUntilTheLastMomentBefore) {
  RefreshWorld world;
  world.repository.*GetParam().expires = world.now + milliseconds(1000);
  world.state.root = world.repository.publish_root(1);
  world.repository.publish(1);

  world.now += milliseconds(999);

  EXPECT_EQ(fault_name(world.step()), "none");
}

TEST_P(Expiry, IsNamedFromTheMomentItself) {
  RefreshWorld world;
  world.repository.*GetParam().expires = world.now;
  world.state.root = world.repository.publish_root(1);
  world.repository.publish(1);

  const TrustOutcome outcome = world.step();

  EXPECT_EQ(fault_name(outcome), std::string("freeze ") + GetParam().role);
  ASSERT_TRUE(outcome.targets);
  EXPECT_TRUE(outcome.targets->is_expired());
  EXPECT_NE(outcome.state, outcome.including_expired);
}

TEST_P(Expiry, LeavesAStateThatProvesTheSameListLater) {
  RefreshWorld world;
  world.repository.*GetParam().expires = world.now;
  world.state.root = world.repository.publish_root(1);
  world.repository.publish(1);
  const TrustedState kept = world.step().including_expired;

  const TrustOutcome outcome = recall(kept, world.now);

  EXPECT_EQ(fault_name(outcome), std::string("freeze ") + GetParam().role);
  ASSERT_TRUE(outcome.targets);
  EXPECT_EQ(outcome.targets->version(), 1);
}

INSTANTIATE_TEST_SUITE_P(
    Roles, Expiry,
    testing::Values(ExpiryCase{"root", &TestRepository::root_expires},
                    ExpiryCase{"timestamp", &TestRepository::timestamp_expires},
                    ExpiryCase{"snapshot", &TestRepository::snapshot_expires},
                    ExpiryCase{"targets", &TestRepository::targets_expires}),
    [](const auto& tested) { return std::string(tested.param.role); });

TEST(ExpiredState, StillRefusesWhatIsOlder) {
  RefreshWorld world;
  world.repository.publish(5);
  world.now = world.repository.timestamp_expires;
  world.state = world.step().including_expired;
  world.repository.publish(4);

  const TrustOutcome outcome = world.step();

  EXPECT_EQ(fault_name(outcome), "rollback timestamp");
  EXPECT_EQ(outcome.targets->version(), 5);
}

TEST(ExpiredState, IsFollowedByAFreshVersion) {
  RefreshWorld world;
  world.now = world.repository.timestamp_expires;
  world.state = world.step().including_expired;
  world.repository.timestamp_expires = world.now + std::chrono::hours(1);
  world.repository.snapshot_expires = world.now + std::chrono::hours(1);
  world.repository.publish(2);

  const TrustOutcome outcome = world.step();

  EXPECT_EQ(fault_name(outcome), "none");
  EXPECT_FALSE(outcome.targets->is_expired());
}

}  // namespace
}  // namespace conglang
