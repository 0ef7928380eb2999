// Roles that the targets role delegates to: who may say what, and who is asked first.
#include <gtest/gtest.h>

#include "tests/playlists/trust/refresh_world.h"

namespace conglang {
namespace {

TestDelegatedRole role_of(const std::string& key, std::vector<std::string> paths,
                          std::map<std::string, std::string> targets = {}) {
  return {{{TestKey(key)}, 1}, std::move(paths), std::move(targets)};
}

class Delegation : public testing::Test {
 protected:
  // Delegated to by the targets role, after those that are there already.
  TestDelegatedRole& add(const std::string& name, std::vector<std::string> paths,
                         std::map<std::string, std::string> targets = {}) {
    repository().delegates.push_back(name);
    return repository().delegated[name] = role_of(name, std::move(paths), std::move(targets));
  }

  TestRepository& repository() { return world_.repository; }

  TrustOutcome step(std::int64_t version) {
    repository().publish(version);
    return world_.step();
  }

  static std::vector<std::string> faults(const TrustOutcome& outcome) {
    std::vector<std::string> names;
    if (outcome.fault) names.push_back("top level: " + fault_name(outcome));
    for (const Fault& fault : outcome.delegated_faults) {
      names.push_back(std::string(name_of(fault.kind)) + " " + fault.where);
    }
    return names;
  }

  RefreshWorld world_;
};

using Names = std::vector<std::string>;

TEST_F(Delegation, SaysWhichRoleVouchesForAFile) {
  add("takedown", {"takedown/*"}, {{"takedown/list.json", "[]"}});
  const TrustOutcome outcome = step(2);

  EXPECT_EQ(faults(outcome), Names{});
  EXPECT_EQ(outcome.targets->vouching_role("takedown/list.json"), "takedown");
  EXPECT_EQ(outcome.targets->vouching_role(RefreshWorld::kPublication), "targets");
  EXPECT_EQ(outcome.targets->vouching_role("takedown/other"), "");
  EXPECT_FALSE(outcome.targets->files().contains("takedown/list.json"));
  const auto read = outcome.targets->read("takedown/list.json", repository());
  ASSERT_TRUE(std::holds_alternative<VerifiedTarget>(read));
  EXPECT_EQ(std::get<VerifiedTarget>(read).bytes(), "[]");
  EXPECT_EQ(std::get<VerifiedTarget>(read).role(), "takedown");
  EXPECT_EQ(outcome.state.delegated.at("takedown"), world_.file("metadata/2.takedown.json"));
}

TEST_F(Delegation, GivesNoWordOnPathsThatWereNotDelegated) {
  add("takedown", {"takedown/*"},
      {{"publications/thief.json", "{}"}, {"assets/thief.mp4", "x"}, {"takedown/a/b", "x"}});
  const TrustOutcome outcome = step(2);

  for (const auto& [path, bytes] : repository().delegated.at("takedown").targets) {
    EXPECT_EQ(outcome.targets->find(path), nullptr) << path;
    EXPECT_TRUE(std::holds_alternative<Fault>(outcome.targets->read(path, repository())));
  }
  EXPECT_TRUE(outcome.targets->files_of("takedown").empty());
}

TEST_F(Delegation, AsksTheTargetsRoleFirstAndThenInOrder) {
  add("first", {"shared/*"}, {{"shared/a", "first"}});
  add("second", {"shared/*"}, {{"shared/a", "second"}, {"shared/b", "second"}});
  add("third", {"publications/*"}, {{RefreshWorld::kPublication, "third"}});
  const TrustOutcome outcome = step(2);

  EXPECT_EQ(outcome.targets->vouching_role("shared/a"), "first");
  EXPECT_EQ(outcome.targets->vouching_role("shared/b"), "second");
  EXPECT_EQ(outcome.targets->vouching_role(RefreshWorld::kPublication), "targets");
  EXPECT_EQ(outcome.targets->files_of("second").size(), 1u);
  EXPECT_TRUE(outcome.targets->files_of("third").empty());
}

// tough had ignored this once.
TEST_F(Delegation, EndsTheSearchAtATerminatingRole) {
  add("first", {"shared/*"}).terminating = true;
  add("second", {"shared/*"}, {{"shared/b", "second"}});

  EXPECT_EQ(step(2).targets->vouching_role("shared/b"), "");
  repository().delegated["first"].terminating = false;
  EXPECT_EQ(step(3).targets->vouching_role("shared/b"), "second");
  repository().delegated["first"] = role_of("first", {"other/*"});
  repository().delegated["first"].terminating = true;
  EXPECT_EQ(step(4).targets->vouching_role("shared/b"), "second");
}

TEST_F(Delegation, LooksBelowARoleBeforeTheNextOne) {
  add("first", {"shared/*"}).delegates = {"below"};
  add("second", {"shared/*"}, {{"shared/a", "second"}});
  repository().delegated["below"] = role_of("below", {"shared/*"}, {{"shared/a", "below"}});
  const TrustOutcome outcome = step(2);

  EXPECT_EQ(faults(outcome), Names{});
  EXPECT_EQ(outcome.targets->vouching_role("shared/a"), "below");
}

TEST_F(Delegation, LetsNobodyDelegateMoreThanHeMaySay) {
  add("first", {"shared/*"}).delegates = {"below"};
  repository().delegated["below"] = role_of("below", {"*/*"}, {{"other/a", "below"}});

  EXPECT_EQ(step(2).targets->find("other/a"), nullptr);
}

TEST_F(Delegation, CutsCircles) {
  add("a", {"shared/*"}).delegates = {"b", "a"};
  repository().delegated["b"] = role_of("b", {"shared/*"}, {{"shared/x", "b"}});
  repository().delegated["b"].delegates = {"a", "b"};
  const TrustOutcome outcome = step(2);

  EXPECT_EQ(faults(outcome), Names{});
  EXPECT_EQ(outcome.targets->vouching_role("shared/x"), "b");
  EXPECT_EQ(outcome.targets->vouching_role("shared/y"), "");
}

TEST_F(Delegation, LooksAtNoMoreRolesThanItsBound) {
  for (std::size_t i = 0; i <= kMaxDelegatedRoles + 3; ++i) {
    add("role-" + std::to_string(i), {"shared/*"});
  }
  const std::string last = "role-" + std::to_string(kMaxDelegatedRoles);
  repository().delegated[last].targets = {{"shared/x", "late"}};
  repository().reads = 0;
  const TrustOutcome outcome = step(2);

  EXPECT_EQ(faults(outcome), Names{"endless-data " + last});
  EXPECT_EQ(outcome.targets->find("shared/x"), nullptr);
  EXPECT_EQ(repository().reads, 4 + static_cast<int>(kMaxDelegatedRoles));
}

TEST_F(Delegation, LooksAtNoMoreRolesInAChainThanItsBound) {
  add("chain-0", {"shared/*"});
  for (int i = 0; i < 40; ++i) {
    const std::string next = "chain-" + std::to_string(i + 1);
    repository().delegated["chain-" + std::to_string(i)].delegates = {next};
    repository().delegated[next] = role_of(next, {"shared/*"});
  }

  EXPECT_EQ(faults(step(2)), Names{"endless-data chain-16"});
}

TEST_F(Delegation, NeedsTheThreshold) {
  TestDelegatedRole& role = add("takedown", {"takedown/*"}, {{"takedown/list.json", "[]"}});
  role.role = {{TestKey("a"), TestKey("b")}, 2};
  EXPECT_EQ(faults(step(2)), Names{});

  role.role.keys = {TestKey("a"), TestKey("a")};
  EXPECT_EQ(faults(step(3)), Names{"bad-signature takedown"});
}

TEST_F(Delegation, TakesARoleOfTwoDelegatorsByTheKeysOfEach) {
  add("a", {"one/*"}).delegates = {"shared"};
  add("b", {"two/*"}).delegates = {"shared"};
  repository().delegated["shared"] =
      role_of("shared", {"*/*"}, {{"one/x", "s"}, {"two/x", "s"}});
  repository().publish(2);
  EXPECT_EQ(faults(world_.step()), Names{});
  EXPECT_EQ(step(3).targets->vouching_role("two/x"), "shared");

  // b delegates to the same name with a key of its own, which has signed nothing.
  repository().publish(4);
  TestRepository other = repository();
  other.delegated["shared"].role.keys = {TestKey("of b alone")};
  repository().files["metadata/4.b.json"] =
      signed_file(other.delegated_body("b", 4), repository().delegated["b"].role.keys);
  repository().publish_snapshot(4, 4);
  repository().publish_timestamp(4, 4);
  const TrustOutcome outcome = world_.step();

  EXPECT_EQ(faults(outcome), Names{"bad-signature shared"});
  EXPECT_EQ(outcome.targets->vouching_role("one/x"), "shared");
  EXPECT_EQ(outcome.targets->vouching_role("two/x"), "");
}

TEST_F(Delegation, MayNeverHaveBeenPublished) {
  add("urgent", {"urgent/*"});
  repository().publish_targets(2);
  repository().publish_snapshot(2, 2);
  repository().publish_timestamp(2, 2);
  const TrustOutcome outcome = world_.step();

  EXPECT_EQ(faults(outcome), Names{});
  EXPECT_EQ(outcome.targets->delegated("urgent"), nullptr);
}

TEST_F(Delegation, IsForgottenWhenItIsDelegatedNoLonger) {
  add("takedown", {"takedown/*"}, {{"takedown/list.json", "[]"}});
  step(2);
  repository().delegates.clear();
  const TrustOutcome outcome = step(3);

  EXPECT_EQ(faults(outcome), Names{});
  EXPECT_EQ(outcome.targets->find("takedown/list.json"), nullptr);
  EXPECT_TRUE(outcome.state.delegated.empty());
}

TEST_F(Delegation, HasANameThatLeadsNowhereElse) {
  add("../1.root", {"shared/*"}, {{"shared/a", "x"}});
  repository().publish(2);
  repository().files["metadata/2...%2F1.root.json"] = world_.file("metadata/2.../1.root.json");
  const TrustOutcome outcome = world_.step();

  EXPECT_EQ(faults(outcome), Names{});
  EXPECT_EQ(outcome.targets->vouching_role("shared/a"), "../1.root");
}

TEST_F(Delegation, IsProvenFromWhatIsKeptAlone) {
  add("takedown", {"takedown/*"}, {{"takedown/list.json", "[]"}});
  step(2);

  const TrustOutcome outcome = recall(world_.state, world_.now);

  EXPECT_EQ(faults(outcome), Names{});
  EXPECT_EQ(outcome.targets->vouching_role("takedown/list.json"), "takedown");
  EXPECT_EQ(outcome.state, world_.state);
}

TEST_F(Delegation, IsNotProvenByKeptBytesThatAreDamaged) {
  add("takedown", {"takedown/*"}, {{"takedown/list.json", "[]"}});
  step(2);
  std::string& kept = world_.state.delegated.at("takedown");
  kept[kept.find("list.json")] = 'L';

  EXPECT_EQ(recall(world_.state, world_.now).targets->find("takedown/list.json"), nullptr);
  const TrustOutcome healed = world_.step();
  EXPECT_EQ(healed.targets->vouching_role("takedown/list.json"), "takedown");
}

}  // namespace
}  // namespace conglang
