// Root ceremonies over the API: with real files, keys and database.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>

#include "content-server/publishing/approval_request.h"
#include "content-server/publishing/ceremony_plans.h"
#include "content-server/publishing/repository_files.h"
#include "content-server/publishing/root_ceremony.h"
#include "tests/support/api/api_office.h"
#include "tests/support/api/small_publication.h"

namespace conglang::server {
namespace {

class RootApi : public testing::Test {
 protected:
  void SetUp() override {
    office.set_up();
    const JsonObject group{{"name", JsonObject{{"vi", "Cổng làng"}}}};
    ASSERT_EQ(office.call(Method::put, "/api/groups/gate", group).status, 200);
  }

  PublishedState state() { return office.repository.published(office.clock.now()).value(); }

  std::string next_bytes(const RootChange& change, const Signers& signers) {
    const RootMetadata current = state().root;
    const RootMetadata next = next_root(current, change, office.clock.now()).value();
    return sign_metadata(root_body(next), signers);
  }
  ApiAnswer hand_in(const std::string& root) {
    return office.post("/api/root", JsonObject{{"root", root}});
  }
  ApiAnswer hold(const RootChange& change) {
    return hand_in(next_bytes(change, {office.root_key}));
  }
  RootChange add(const SigningKey& key) {
    return {{{Role::targets, key.public_key()}}, {}, {}};
  }
  RootChange revoke(const SigningKey& key) { return {{}, {{Role::targets, key.id()}}, {}}; }

  std::string submit() {
    return office.post("/api/submissions", JsonObject{{"document", one_card("Hội làng")}})
        .text("id");
  }
  ApiAnswer candidate_of(const std::string& submission) {
    return office.post("/api/submissions/" + submission + "/candidate", JsonObject{});
  }
  ApiAnswer approve(const std::string& submission, const ApiAnswer& candidate,
                    const SigningKey& key) {
    return office.post("/api/submissions/" + submission + "/approval",
                       JsonObject{{"body_sha256", candidate.text("sha256")},
                                  {"key_id", key.id()},
                                  {"signature", key.sign(candidate.text("body"))}});
  }
  ApiAnswer publish(const SigningKey& key) {
    office.clock.advance(std::chrono::seconds{5});
    const std::string submission = submit();
    return approve(submission, candidate_of(submission), key);
  }
  ApiAnswer take_down() {
    office.clock.advance(std::chrono::seconds{5});
    return office.post("/api/takedowns",
                       JsonObject{{"kind", "item"}, {"target", "card"}, {"reason", "nhầm"}});
  }

  PersonId person() {
    return PersonId(
        *office.get("/api/people").body.find("people")->array()->front().find("id")->string());
  }
  // The password is lost: a link, a new password, and a new key that waits.
  void lose_password(const SigningKey& next) {
    const std::string token =
        office.post("/api/people/" + person().text() + "/reset").text("token");
    JsonValue accepted = office.credentials("lan", next);
    std::get<JsonObject>(accepted.content()).emplace_back("token", token);
    ASSERT_EQ(office.post("/api/invitations/accept", accepted).status, 200);
    ASSERT_EQ(office.sign_in("lan").status, 200);
  }

  std::string state_of(const SigningKey& key) {
    const ApiAnswer root = office.get("/api/root");
    for (const JsonValue& one : *root.body.find("approver_keys")->array()) {
      if (*one.find("key_id")->string() == key.id()) return *one.find("state")->string();
    }
    return "";
  }

  std::string waiting_key(const std::string& role) {
    return office.post("/api/online-keys", JsonObject{{"role", role}}).text("key_id");
  }
  // The ceremony of both online keys that the root names.
  ApiAnswer rotate_online_keys() {
    RootChange change;
    for (const Role role : {Role::snapshot, Role::timestamp}) {
      const std::string name(name_of(role));
      waiting_key(name);
      const auto ids = state().keys_of(role);
      const auto next =
          find_waiting_key(office.repository.keys_folder(), name, ids).value().value();
      const RootChange one = plan_online_key(role, next.public_key(), state().root);
      change.add.insert(change.add.end(), one.add.begin(), one.add.end());
      change.remove.insert(change.remove.end(), one.remove.begin(), one.remove.end());
    }
    return hold(change);
  }
  std::size_t count_waiting() {
    return office.get("/api/root").body.find("waiting_online_keys")->array()->size();
  }
  std::set<std::string> key_files() {
    std::set<std::string> names;
    for (const auto& entry :
         std::filesystem::directory_iterator(office.repository.keys_folder())) {
      names.insert(entry.path().filename().string());
    }
    return names;
  }

  // What a thief of the server's keys publishes: everything signed as it must be, in versions
  // that nothing can follow.
  void push_ahead() {
    const PublishedState now = state();
    const auto& folder = office.repository.folder();
    const auto key = [&](const char* role, const std::set<std::string>& ids) {
      return open_online_key(office.repository.keys_folder(), role, ids).value();
    };
    const Instant later = office.clock.now() + std::chrono::days(7);
    const SigningKey takedown_key = key("takedown", now.delegated_keys("takedown"));
    const SigningKey snapshot_key = key("snapshot", now.keys_of(Role::snapshot));
    const SigningKey timestamp_key = key("timestamp", now.keys_of(Role::timestamp));
    const MetadataHead head{kMaxVersion, later};
    const std::string list =
        sign_metadata(delegated_body(head, now.takedown->files), {takedown_key});
    std::map<std::string, FileVersion> files = now.files;
    files["takedown.json"] = file_version(kMaxVersion, list);
    const std::string snapshot = sign_metadata(snapshot_body(head, files), {snapshot_key});
    const std::string timestamp = sign_metadata(
        timestamp_body(head, file_version(kMaxVersion, snapshot)), {timestamp_key});
    ASSERT_TRUE(replace_file(folder / metadata_name("takedown", kMaxVersion), list).ok());
    ASSERT_TRUE(replace_file(folder / metadata_name("snapshot", kMaxVersion), snapshot).ok());
    ASSERT_TRUE(replace_file(folder / "metadata/timestamp.json", timestamp).ok());
    ASSERT_EQ(state().versions.snapshot, kMaxVersion);
  }

  ApiOffice office;
  SigningKey fresh = SigningKey::generate();
};

TEST_F(RootApi, ShowsTheRootAndWhoseKeysItNames) {
  const ApiAnswer root = office.get("/api/root");

  EXPECT_EQ(root.status, 200);
  EXPECT_EQ(root.text("root"), state().root_bytes);
  EXPECT_EQ(state_of(office.approver), "trusted");
  EXPECT_EQ(count_waiting(), 0u);
}

TEST_F(RootApi, ALostKeyIsReplacedInThreeSteps) {
  ASSERT_EQ(publish(office.approver).status, 201);
  lose_password(fresh);
  EXPECT_EQ(state_of(office.approver), "withdrawn");
  EXPECT_EQ(state_of(fresh), "waiting");

  ASSERT_EQ(hold(add(fresh)).status, 201);
  EXPECT_EQ(state_of(office.approver), "withdrawn");
  EXPECT_EQ(state_of(fresh), "trusted");
  EXPECT_EQ(hold(revoke(office.approver)).code(), "needs-approval");

  ASSERT_EQ(publish(fresh).status, 201);
  const ApiAnswer revoked = hold(revoke(office.approver));
  ASSERT_EQ(revoked.status, 201) << write_json(revoked.body);
  EXPECT_EQ(*revoked.body.find("version")->integer(), 3);
  EXPECT_EQ(state_of(office.approver), "");
  EXPECT_EQ(publish(office.approver).code(), "not-your-key");
  EXPECT_EQ(publish(fresh).status, 201);
  EXPECT_EQ(hold(add(office.approver)).code(), "unknown-key");
}

TEST_F(RootApi, EveryStepIsInTheAuditLog) {
  lose_password(fresh);
  ASSERT_EQ(hold(add(fresh)).status, 201);
  waiting_key("snapshot");
  const std::string audit = write_json(office.get("/api/audit").body);

  for (const char* action :
       {"key.offered", "key.withdrawn", "root.ceremony", "root.changed", "key.waits"}) {
    EXPECT_NE(audit.find(action), std::string::npos) << action;
  }
}

TEST_F(RootApi, ARefusedRootChangesNothingAndSaysWhy) {
  ASSERT_EQ(publish(office.approver).status, 201);
  lose_password(fresh);
  const std::string before = state().root_bytes;
  const SigningKey strange = SigningKey::generate();
  RootMetadata next = next_root(state().root, add(fresh), office.clock.now()).value();
  const auto refused = [&](const RootMetadata& root, const SigningKey& signer) {
    const ApiAnswer answer = hand_in(sign_metadata(root_body(root), {signer}));
    return std::to_string(answer.status) + " " + answer.code();
  };

  EXPECT_EQ(refused(next, strange), "403 bad-signature");
  EXPECT_EQ(refused(next, office.approver), "403 bad-signature");
  RootMetadata odd = next;
  odd.version = 3;
  EXPECT_EQ(refused(odd, office.root_key), "409 stale-root");
  odd.version = 1;
  EXPECT_EQ(refused(odd, office.root_key), "409 stale-root");
  odd = next;
  odd.expires = office.clock.now();
  EXPECT_EQ(refused(odd, office.root_key), "403 root-expired");
  odd = next;
  odd.roles.at(Role::targets).key_ids.insert(office.root_key.id());
  EXPECT_EQ(refused(odd, office.root_key), "409 one-role");
  odd = next;
  odd.roles.at(Role::targets).key_ids.clear();
  EXPECT_EQ(refused(odd, office.root_key), "400 too-few-keys");
  odd = next_root(state().root, add(strange), office.clock.now()).value();
  EXPECT_EQ(refused(odd, office.root_key), "409 unknown-key");
  odd = next_root(state().root,
                  plan_online_key(Role::snapshot, strange.public_key(), state().root),
                  office.clock.now())
            .value();
  EXPECT_EQ(refused(odd, office.root_key), "404 no-online-key");
  const auto takedown = open_online_key(office.repository.keys_folder(), "takedown",
                                        state().delegated_keys("takedown"));
  odd = next_root(state().root, {{{Role::root, takedown->public_key()}}, {}, {}},
                  office.clock.now())
            .value();
  EXPECT_EQ(refused(odd, office.root_key), "409 one-role");
  EXPECT_EQ(hand_in("{}").status, 400);

  EXPECT_EQ(state().root_bytes, before);
  EXPECT_EQ(state_of(fresh), "waiting");
  EXPECT_EQ(refused(next, office.root_key), "201 ");
}

TEST_F(RootApi, OnlyWhoManagesKeysMay) {
  const ApiAnswer invited = office.post(
      "/api/people", JsonObject{{"name", "Nam"}, {"rights", JsonObject{{"author", true}}}});
  JsonValue accepted = office.credentials("nam", fresh);
  auto& members = std::get<JsonObject>(accepted.content());
  std::erase_if(members, [](const JsonMember& member) { return member.first == "locked_key"; });
  members.emplace_back("token", invited.text("token"));
  ASSERT_EQ(office.post("/api/invitations/accept", accepted).status, 200);
  const std::string root = next_bytes({}, {office.root_key});
  ASSERT_EQ(office.sign_in("nam").status, 200);

  EXPECT_EQ(hand_in(root).code(), "not-allowed");
  EXPECT_EQ(office.get("/api/root").code(), "not-allowed");
  EXPECT_EQ(office.post("/api/online-keys", JsonObject{{"role", "snapshot"}}).code(),
            "not-allowed");
}

TEST_F(RootApi, OnlineKeysAreReplacedAndTheOldOnesGone) {
  ASSERT_EQ(publish(office.approver).status, 201);
  const PublishedState before = state();
  const auto old_key = open_online_key(office.repository.keys_folder(), "snapshot",
                                       before.keys_of(Role::snapshot));

  const ApiAnswer rotated = rotate_online_keys();

  ASSERT_EQ(rotated.status, 201) << write_json(rotated.body);
  EXPECT_GT(state().versions.timestamp, before.versions.timestamp);
  EXPECT_EQ(count_waiting(), 0u);
  EXPECT_EQ(key_files(),
            (std::set<std::string>{"snapshot.key", "timestamp.key", "takedown.key"}));
  EXPECT_NE(waiting_key("snapshot"), old_key->id());
  EXPECT_EQ(take_down().status, 201);
  EXPECT_EQ(publish(office.approver).status, 201);
}

TEST_F(RootApi, TheTakedownKeyChangesWithTheNextApproval) {
  EXPECT_EQ(office.post("/api/online-keys", JsonObject{{"role", "takedown"}}).code(),
            "nothing-published");
  ASSERT_EQ(publish(office.approver).status, 201);
  const std::set<std::string> old_keys = state().delegated_keys("takedown");
  const std::string next = waiting_key("takedown");
  EXPECT_EQ(waiting_key("takedown"), next);

  ASSERT_EQ(take_down().status, 201);
  EXPECT_EQ(state().delegated_keys("takedown"), old_keys);
  const std::string submission = submit();
  const ApiAnswer candidate = candidate_of(submission);
  EXPECT_NE(write_json(candidate.body).find("takedown-key"), std::string::npos);
  ASSERT_EQ(approve(submission, candidate, office.approver).status, 201);

  EXPECT_EQ(state().delegated_keys("takedown"), std::set<std::string>{next});
  EXPECT_EQ(count_waiting(), 0u);
  EXPECT_EQ(take_down().status, 201);
  EXPECT_FALSE(old_keys.contains(waiting_key("takedown")));
}

TEST_F(RootApi, VersionsThatAThiefUsedUpBeginAnewUnderOtherKeys) {
  ASSERT_EQ(publish(office.approver).status, 201);
  ASSERT_EQ(take_down().status, 201);
  push_ahead();
  EXPECT_EQ(take_down().code(), "versions-used-up");
  EXPECT_EQ(publish(office.approver).code(), "versions-used-up");
  // The control: a root with the same online keys brings nothing back.
  EXPECT_EQ(hold({}).code(), "versions-used-up");

  const std::string takedown = waiting_key("takedown");
  const ApiAnswer rotated = rotate_online_keys();
  ASSERT_EQ(rotated.status, 201) << write_json(rotated.body);
  EXPECT_FALSE(is_pushed_ahead(state().versions.snapshot, office.clock.now()));
  EXPECT_FALSE(is_pushed_ahead(state().versions.timestamp, office.clock.now()));
  EXPECT_FALSE(is_pushed_ahead(state().files.at("takedown.json").version, office.clock.now()));

  ASSERT_EQ(publish(office.approver).status, 201);
  EXPECT_EQ(state().delegated_keys("takedown"), std::set<std::string>{takedown});
  EXPECT_EQ(take_down().status, 201);
  EXPECT_TRUE(state().takedown->files.contains("takedown/list.json"));
}

TEST_F(RootApi, AnApprovalFromBeforeTheCeremonyIsStale) {
  ASSERT_EQ(publish(office.approver).status, 201);
  const std::string submission = submit();
  const ApiAnswer candidate = candidate_of(submission);
  lose_password(fresh);
  ASSERT_EQ(hold(add(fresh)).status, 201);

  EXPECT_EQ(approve(submission, candidate, fresh).code(), "stale-approval");
  EXPECT_EQ(approve(submission, candidate_of(submission), fresh).status, 201);
}

// What a revoked key has signed counts no more, also on a machine that has kept it.
TEST_F(RootApi, AnApproversOwnMachineFollowsTheCeremonies) {
  TrustedState seen{state().root_bytes, {}, {}, {}};
  const auto look = [&] {
    const std::string submission = submit();
    candidate_of(submission);
    const ApiAnswer carried =
        office.get("/api/submissions/" + submission + "/approval-request");
    const auto request = read_approval_request(write_json(carried.body)).value();
    const auto review = review_approval(request, seen, office.clock.now());
    if (!review.ok()) return review.error().message;
    seen = review->seen;
    return std::string("as shown");
  };
  ASSERT_EQ(publish(office.approver).status, 201);
  ASSERT_EQ(look(), "as shown");
  lose_password(fresh);
  ASSERT_EQ(hold(add(fresh)).status, 201);
  ASSERT_EQ(publish(fresh).status, 201);
  ASSERT_EQ(hold(revoke(office.approver)).status, 201);
  ASSERT_EQ(rotate_online_keys().status, 201);

  EXPECT_EQ(look(), "as shown");
  // The control: without a ceremony in between, what was kept must hold.
  seen.targets.replace(seen.targets.find("sig"), 3, "gis");
  EXPECT_NE(look(), "as shown");
}

TEST_F(RootApi, APowerCutBeforeTheEndIsMendedByTheSameRoot) {
  lose_password(fresh);
  const std::string root = next_bytes(add(fresh), {office.root_key});
  // The files are there, the transaction was not kept.
  ASSERT_TRUE(office.repository.accept_root(root, office.clock.now()).ok());
  ASSERT_EQ(state_of(fresh), "waiting");

  EXPECT_EQ(hand_in(root).status, 201);

  EXPECT_EQ(state_of(fresh), "trusted");
  EXPECT_EQ(state().root.version, 2);
}

TEST_F(RootApi, AnInterruptedChangeOfFilesIsBroughtToItsEnd) {
  ASSERT_EQ(publish(office.approver).status, 201);
  const std::filesystem::path metadata = office.repository.folder() / "metadata";
  const std::string old_timestamp = read_file(metadata / "timestamp.json", 1 << 20).value();
  ASSERT_EQ(rotate_online_keys().status, 201);
  const std::string root = read_file(metadata / "2.root.json", 1 << 20).value();
  const std::string timestamp = read_file(metadata / "timestamp.json", 1 << 20).value();
  // As if the power went after the note, before the timestamp.
  const JsonObject note{
      {"root", "metadata/2.root.json"}, {"bytes", root}, {"timestamp", timestamp}};
  ASSERT_TRUE(replace_file(metadata / "timestamp.json", old_timestamp).ok());
  ASSERT_TRUE(
      replace_file(office.database.folder().path() / "root-change.json", write_json(note))
          .ok());

  EXPECT_EQ(take_down().status, 201);

  EXPECT_EQ(state().root.version, 2);
}

}  // namespace
}  // namespace conglang::server
