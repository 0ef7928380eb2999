// The takeover drill, the metadata: what is not signed enough, older, expired or put together
// anew shows nothing, takes nothing away, and bars no update that comes after it.

#include "tests/player/sync/takeover_mutants.h"

namespace conglang::player {
namespace {

using TakeoverOfMetadata = TakeoverDrill;
TEST_F(TakeoverOfMetadata, TargetsThatNoApproverSigned) { drill(forge_targets); }

TEST_F(TakeoverOfMetadata, TheWholeRepositoryOfBefore) { drill(replay_everything); }

// What the server has of a submission that one of two has approved.
TEST_F(TakeoverOfMetadata, TargetsThatOneOfTwoApproversSigned) {
  drill([this](TestRepository& evil, int number) -> Expected {
    const std::int64_t version = world.next();
    const TestKey one(number % 2 == 0 ? "chủ tịch" : "văn hóa");
    evil.targets[kShow] = publication_of_nobody();
    evil.targets_role.keys = signers(evil, number / 2);
    evil.targets_role.keys.push_back(one);
    if (number % 3 == 0) evil.targets_role.keys.push_back(one);
    evil.publish_targets(version);
    world.seal(evil, version);
    return {"half approved", {"bad-signature targets"}};
  });
}

TEST_F(TakeoverOfMetadata, ASignatureOfApproversOverOtherWords) {
  drill([this](TestRepository& evil, int number) -> Expected {
    const std::int64_t version = world.next();
    const std::string genuine = TestRepository::name(world.targets_version(), "targets");
    std::string bytes = evil.files.at(genuine);
    const std::string expires = "2027-11-01";
    bytes.replace(bytes.find(expires), expires.size(),
                  std::to_string(2028 + number) + "-11-01");
    evil.files[TestRepository::name(version, "targets")] = bytes;
    world.seal(evil, version);
    return {"borrowed signature", {"bad-signature targets"}};
  });
}

TEST_F(TakeoverOfMetadata, ARootOfTheAttackersOwn) {
  const std::vector<std::int64_t> versions = {2, 3, kMostVersion - 1, kMostVersion,
                                              kMostVersion + 1};
  drill([&](TestRepository& evil, int number) -> Expected {
    evil.root_expires = year(2099);
    evil.targets_role = {{TestKey("the attacker")}, 1};
    const std::string body =
        evil.publish_root(versions[at(number) % versions.size()], signers(evil, number));
    evil.files[TestRepository::name(2, "root")] = body;
    const std::int64_t version = world.next();
    evil.targets[kShow] = publication_of_nobody();
    evil.publish_targets(version);
    world.seal(evil, version);
    return {"own root", {"bad-signature root"}};
  });
}

TEST_F(TakeoverOfMetadata, TheFirstRootAgain) {
  drill([this](TestRepository& evil, int number) -> Expected {
    std::string root = evil.files.at(TestRepository::name(1, "root"));
    // Over the same words the signature still holds.
    root.insert(1, std::string(at(number), ' '));
    evil.files[TestRepository::name(2, "root")] = root;
    world.seal(evil);
    return {"replayed root", {"rollback root"}};
  });
}

TEST_F(TakeoverOfMetadata, ATimestampOfBefore) {
  drill([this](TestRepository& evil, int number) -> Expected {
    const std::int64_t newest = world.targets_version();
    if (number % 2 == 0) evil.timestamp_expires = year(2099);
    evil.publish_timestamp(1 + number % (newest - 1), newest);
    return {"older timestamp", {"rollback timestamp"}};
  });
}

TEST_F(TakeoverOfMetadata, ANewTimestampOverAnOldSnapshot) {
  drill([this](TestRepository& evil, int number) -> Expected {
    evil.states_lengths = number % 2 == 0;
    evil.publish_timestamp(world.next(), 1 + number % 3);
    return {"older snapshot", {"rollback timestamp"}};
  });
}

TEST_F(TakeoverOfMetadata, ANewSnapshotOverOldTargets) {
  drill([this](TestRepository& evil, int number) -> Expected {
    evil.states_lengths = number % 2 == 0;
    world.seal(evil, 1 + number % 3);
    return {"older targets", {"rollback snapshot"}};
  });
}

TEST_F(TakeoverOfMetadata, ANewSnapshotThatLosesOrAgesARole) {
  drill([this](TestRepository& evil, int number) -> Expected {
    const std::string role = number % 2 == 0 ? "takedown" : "urgent";
    evil.delegated[role].version = number % 4 < 2 ? 0 : 1 + number % 3;
    world.seal(evil);
    return {"a role lost or aged", {"rollback snapshot"}};
  });
}

TEST_F(TakeoverOfMetadata, OldTargetsUnderANewVersion) {
  drill([this](TestRepository& evil, int number) -> Expected {
    const std::int64_t version = world.next();
    evil.states_lengths = number % 2 == 0;
    const std::int64_t old = number % 5 == 4 ? world.targets_version() : 1 + number % 3;
    evil.files[TestRepository::name(version, "targets")] =
        evil.files.at(TestRepository::name(old, "targets"));
    world.seal(evil, version);
    return {"targets of another version", {"mix-and-match targets"}};
  });
}

TEST_F(TakeoverOfMetadata, AnOldSnapshotUnderANewVersion) {
  drill([this](TestRepository& evil, int number) -> Expected {
    const std::int64_t version = world.next();
    evil.states_lengths = number % 2 == 0;
    evil.files[TestRepository::name(version, "snapshot")] =
        evil.files.at(TestRepository::name(1 + number % 3, "snapshot"));
    evil.publish_timestamp(version, version);
    return {"snapshot of another version", {"mix-and-match snapshot"}};
  });
}

TEST_F(TakeoverOfMetadata, OldListsUnderANewVersion) {
  drill(
      [this](TestRepository& evil, int number) -> Expected {
        const std::int64_t version = world.next();
        const std::string role = number % 2 == 0 ? "takedown" : "urgent";
        evil.states_lengths = number % 4 < 2;
        evil.files[TestRepository::name(version, role)] =
            evil.files.at(TestRepository::name(1 + number % 3, role));
        evil.delegated[role].version = version;
        world.seal(evil);
        return {role + " of another version", {"mix-and-match " + role}};
      },
      kMutants, 1);
}

TEST_F(TakeoverOfMetadata, WhatHasExpired) {
  drill(
      [this](TestRepository& evil, int number) -> Expected {
        const std::vector<Instant> past = {year(1970), year(2020), world.kiosk->clock.now,
                                           world.kiosk->clock.now - Milliseconds{1}};
        const Instant expired = past[at(number) % past.size()];
        const std::vector<std::string> roles = {"timestamp", "snapshot", "takedown"};
        const std::string role = roles[at(number) % roles.size()];
        if (role == "timestamp") evil.timestamp_expires = expired;
        if (role == "snapshot") evil.snapshot_expires = expired;
        if (role == "takedown") {
          evil.delegated[role].expires = expired;
          evil.publish_delegated(role, world.next());
        }
        world.seal(evil);
        return {"expired " + role, {"freeze " + role}};
      },
      kMutants, 1);
}

// Nothing is wrong with it; who waits for it to expire waits long. It bars no newer one.
TEST_F(TakeoverOfMetadata, WhatExpiresInTheYear2099) {
  drill([this](TestRepository& evil, int number) -> Expected {
    evil.timestamp_expires = evil.snapshot_expires = year(2099);
    evil.delegated["takedown"].expires = number % 2 == 0 ? year(2099) : year(9999);
    evil.publish_delegated("takedown", world.next());
    world.seal(evil);
    return {"until 2099", {}};
  });
}

TEST_F(TakeoverOfMetadata, OnlineFilesSignedByOtherKeys) {
  drill(
      [this](TestRepository& evil, int number) -> Expected {
        const std::vector<std::string> roles = {"timestamp", "snapshot", "takedown", "urgent"};
        const std::string role = roles[at(number) % roles.size()];
        const TestKeys genuine = role == "timestamp" ? evil.timestamp.keys
                                 : role == "snapshot"
                                     ? evil.snapshot.keys
                                     : world.office.delegated.at(role).role.keys;
        TestKeys others;
        for (const TestKey& key : signers(evil, 1 + number / 4)) {
          if (key.id() != genuine[0].id()) others.push_back(key);
        }
        if (role == "timestamp") evil.timestamp.keys = others;
        if (role == "snapshot") evil.snapshot.keys = others;
        if (role == "takedown" || role == "urgent") {
          evil.delegated[role].role.keys = others;
          evil.delegated[role].targets.clear();
          evil.publish_delegated(role, world.next());
        }
        world.seal(evil);
        return {role + " by other keys", {"bad-signature " + role}};
      },
      kMutants, 1);
}

TEST_F(TakeoverOfMetadata, AKeyIdThatIsNotTheSigners) {
  drill([this](TestRepository& evil, int number) -> Expected {
    const std::int64_t version = world.next();
    evil.targets[kShow] = publication_of_nobody();
    evil.publish_targets(version);
    std::string& bytes = evil.files[TestRepository::name(version, "targets")];
    const std::string own = TestKey("the attacker").id();
    const std::string known = TestKey(number % 2 == 0 ? "chủ tịch" : "văn hóa").id();
    bytes.replace(bytes.find(own), own.size(), known);
    if (number % 4 > 1) {
      // A second one in front, of the other approver.
      const std::string again = R"({"keyid":")" +
                                TestKey(number % 2 == 0 ? "văn hóa" : "chủ tịch").id() +
                                R"(","sig":")" + std::string(128, '0' + number % 10) + "\"},";
      bytes.insert(bytes.find('[') + 1, again);
    }
    world.seal(evil, version);
    return {"lying key id", {"bad-signature targets"}};
  });
}

TEST_F(TakeoverOfMetadata, ARepositoryOfAnotherOffice) {
  drill([](TestRepository& evil, int number) -> Expected {
    TestRepository other;
    other.root = other.timestamp = other.snapshot =
        other.targets_role = {{TestKey("the attacker's office " + std::to_string(number))}, 1};
    other.targets[kShow] = publication_of_nobody();
    other.publish_root(1);
    const bool continues = number % 2 == 1;
    if (continues) other.publish_root(2);
    other.publish(number % 3 == 0 ? kMostVersion : 1000 + number);
    evil.files = other.files;
    return {"another office", {continues ? "bad-signature root" : "bad-signature timestamp"}};
  });
}

}  // namespace
}  // namespace conglang::player
