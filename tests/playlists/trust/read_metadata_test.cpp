#include "playlists/trust/read_metadata.h"

#include <gtest/gtest.h>

#include "tests/support/test_repository.h"

namespace conglang {
namespace {

void set(JsonValue& object, const std::string& name, JsonValue value) {
  auto& members = std::get<JsonObject>(object.content());
  for (JsonMember& member : members) {
    if (member.first == name) {
      member.second = std::move(value);
      return;
    }
  }
  members.emplace_back(name, std::move(value));
}

JsonValue targets_body(const std::string& path, std::int64_t length = 3) {
  const TestRepository repository;
  JsonObject body = TestRepository::head("targets", 1, repository.targets_expires);
  const JsonObject hashes{{"sha256", sha256(std::string_view("abc")).hex()}};
  body.emplace_back("targets",
                    JsonObject{{path, JsonObject{{"hashes", hashes}, {"length", length}}}});
  return body;
}

TEST(ReadMetadata, ReadsARoot) {
  const Result<RootMetadata> root = read_root(TestRepository().root_body(7));

  ASSERT_TRUE(root.ok()) << root.error().message;
  EXPECT_EQ(root->version, 7);
  EXPECT_EQ(root->keys.size(), 4u);
  EXPECT_EQ(root->roles.at(Role::snapshot).key_ids, std::set{TestKey("snapshot").id()});
}

TEST(ReadMetadata, TakesVersionsUpTo2To53AndNoneBeyond) {
  JsonValue body = TestRepository().root_body(1);
  set(body, "version", JsonValue(std::int64_t{9007199254740992}));
  EXPECT_TRUE(read_root(body).ok());

  set(body, "version", JsonValue(std::int64_t{9007199254740993}));
  EXPECT_FALSE(read_root(body).ok());
  set(body, "version", JsonValue(std::int64_t{0}));
  EXPECT_FALSE(read_root(body).ok());
  set(body, "version", JsonValue("1"));
  EXPECT_FALSE(read_root(body).ok());
}

TEST(ReadMetadata, RefusesARootWithoutARole) {
  JsonValue body = TestRepository().root_body(1);
  const JsonValue* roles = body.find("roles");
  JsonObject fewer = *roles->object();
  fewer.pop_back();
  set(body, "roles", fewer);

  EXPECT_FALSE(read_root(body).ok());
}

TEST(ReadMetadata, RefusesAKeyWhoseIdIsNotItsDigest) {
  JsonValue body = TestRepository().root_body(1);
  set(body, "keys", JsonObject{{TestKey("root").id(), TestKey("stranger").json()}});

  const Result<RootMetadata> root = read_root(body);

  ASSERT_FALSE(root.ok());
  EXPECT_NE(root.error().message.find("digest"), std::string::npos);
}

TEST(ReadMetadata, RefusesAThresholdOfZero) {
  TestRepository repository;
  repository.timestamp.threshold = 0;
  EXPECT_FALSE(read_root(repository.root_body(1)).ok());
}

TEST(ReadMetadata, RefusesADateThatDoesNotExist) {
  JsonValue body = TestRepository().root_body(1);
  set(body, "expires", "2027-02-30T00:00:00Z");
  EXPECT_FALSE(read_root(body).ok());
}

// The delegation of one role, `changed` by the test.
JsonValue with_delegation(const std::function<void(JsonValue&)>& changed) {
  const JsonValue key = TestKey("takedown").json();
  JsonValue role = JsonObject{{"name", "takedown"},
                              {"keyids", JsonArray{JsonValue(*key_id(key))}},
                              {"threshold", 1},
                              {"terminating", false},
                              {"paths", JsonArray{JsonValue("takedown/*")}}};
  changed(role);
  JsonValue body = targets_body("publications/a.json");
  set(body, "delegations",
      JsonObject{{"keys", JsonObject{{*key_id(key), key}}}, {"roles", JsonArray{role}}});
  return body;
}

TEST(ReadMetadata, GivesDelegations) {
  const Result<TargetsMetadata> targets = read_targets(with_delegation([](JsonValue&) {}));

  ASSERT_TRUE(targets.ok()) << targets.error().message;
  ASSERT_EQ(targets->delegations.roles.size(), 1u);
  const DelegatedRole& role = targets->delegations.roles[0];
  EXPECT_EQ(role.name, "takedown");
  EXPECT_EQ(role.paths, std::vector<std::string>{"takedown/*"});
  EXPECT_TRUE(targets->delegations.keys.contains(*role.keys.key_ids.begin()));
}

TEST(ReadMetadata, RefusesADelegationWithoutItsForm) {
  const auto refused = [](const char* member, JsonValue value) {
    return !read_targets(with_delegation([&](JsonValue& role) { set(role, member, value); }));
  };
  for (const char* name : {"", "root", "timestamp", "snapshot", "targets"}) {
    EXPECT_TRUE(refused("name", name)) << name;
  }
  EXPECT_TRUE(refused("name", std::string(65, 'a')));
  EXPECT_FALSE(refused("name", "../a"));
  EXPECT_TRUE(refused("threshold", 0));
  EXPECT_TRUE(refused("terminating", JsonValue()));
  EXPECT_TRUE(refused("paths", "takedown/*"));
  EXPECT_TRUE(refused("paths", JsonArray{JsonValue(1)}));
  EXPECT_TRUE(refused("path_hash_prefixes", JsonArray{}));
  EXPECT_TRUE(refused("keyids", JsonArray{JsonValue(1)}));
}

TEST(ReadMetadata, RefusesTargetPathsThatLeaveTheFolder) {
  EXPECT_TRUE(read_targets(targets_body("assets/a..b.mp4")).ok());
  for (const char* path : {"", "/etc/passwd", "../a", "a/../b", "a/..", "a//b", "a/", ".",
                           "./a", "a\\b", "a\nb", "a%2e", "a?b", "a#b"}) {
    EXPECT_FALSE(read_targets(targets_body(path)).ok()) << path;
  }
  EXPECT_FALSE(read_targets(targets_body(std::string(600, 'a'))).ok());
}

TEST(ReadMetadata, RefusesATargetOfNegativeLength) {
  EXPECT_TRUE(read_targets(targets_body("a", 0)).ok());
  EXPECT_FALSE(read_targets(targets_body("a", -1)).ok());
}

TEST(ReadMetadata, RefusesASnapshotThatListsNoTargets) {
  JsonValue body = TestRepository::head("snapshot", 1, TestRepository().snapshot_expires);
  set(body, "meta", JsonObject{});
  EXPECT_FALSE(read_snapshot(body).ok());
}

}  // namespace
}  // namespace conglang
