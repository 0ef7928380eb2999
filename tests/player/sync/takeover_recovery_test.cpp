// The takeover drill, the end of it: whatever versions and dates the attacker signed, a new
// root with new online keys brings every kiosk back, also those that were off.

#include "tests/player/sync/takeover_mutants.h"

namespace conglang::player {
namespace {

// Signed for as far ahead as a number and a date go.
struct Ahead {
  std::int64_t version = 0;
  Instant expires{};
};

using RunAhead = Expected (*)(TakeoverWorld&, TestRepository&, const Ahead&);

std::string snapshot_of(const Ahead& ahead) {
  return TestRepository::name(ahead.version, "snapshot");
}

void seal_ahead(TestRepository& evil, std::int64_t targets, const Ahead& ahead) {
  evil.publish_snapshot(ahead.version, targets);
  evil.publish_timestamp(ahead.version, ahead.version);
}

Expected timestamp_ahead(TakeoverWorld& world, TestRepository& evil, const Ahead& ahead) {
  evil.publish_timestamp(ahead.version, world.targets_version());
  return {"timestamp", {}};
}

Expected snapshot_ahead(TakeoverWorld& world, TestRepository& evil, const Ahead& ahead) {
  seal_ahead(evil, world.targets_version(), ahead);
  return {"snapshot", {}};
}

Expected takedown_ahead(TakeoverWorld& world, TestRepository& evil, const Ahead& ahead) {
  evil.delegated["takedown"].expires = ahead.expires;
  evil.publish_delegated("takedown", ahead.version);
  seal_ahead(evil, world.targets_version(), ahead);
  return {"takedown", {}};
}

Expected empty_list_ahead(TakeoverWorld& world, TestRepository& evil, const Ahead& ahead) {
  evil.delegated["takedown"].targets[kList] = write_takedown_list({});
  takedown_ahead(world, evil, ahead);
  return {"empty list", {"rollback takedown/list.json"}};
}

Expected unknown_role_ahead(TakeoverWorld& world, TestRepository& evil, const Ahead& ahead) {
  evil.other_metadata["of-the-attacker.json"] = ahead.version;
  seal_ahead(evil, world.targets_version(), ahead);
  return {"a role that nobody knows", {}};
}

Expected urgent_ahead(TakeoverWorld& world, TestRepository& evil, const Ahead& ahead) {
  evil.delegated["urgent"].expires = ahead.expires;
  evil.publish_delegated("urgent", ahead.version);
  seal_ahead(evil, world.targets_version(), ahead);
  return {"urgent", {"bad-signature urgent"}};
}

Expected targets_ahead(TakeoverWorld&, TestRepository& evil, const Ahead& ahead) {
  evil.targets[kShow] = publication_of_nobody();
  evil.targets_expires = ahead.expires;
  evil.publish_targets(ahead.version);
  seal_ahead(evil, ahead.version, ahead);
  return {"targets", {"bad-signature targets"}};
}

Expected missing_targets(TakeoverWorld&, TestRepository& evil, const Ahead& ahead) {
  seal_ahead(evil, ahead.version, ahead);
  return {"targets that are not there", {"missing targets"}};
}

Expected renamed_targets(TakeoverWorld& world, TestRepository& evil, const Ahead& ahead) {
  evil.files[TestRepository::name(ahead.version, "targets")] =
      evil.files.at(TestRepository::name(world.targets_version(), "targets"));
  seal_ahead(evil, ahead.version, ahead);
  return {"targets of before under it", {"mix-and-match targets"}};
}

Expected missing_snapshot(TakeoverWorld&, TestRepository& evil, const Ahead& ahead) {
  evil.publish_timestamp(ahead.version, ahead.version);
  return {"a snapshot that is not there", {"missing snapshot"}};
}

Expected damaged_snapshot(TakeoverWorld& world, TestRepository& evil, const Ahead& ahead) {
  seal_ahead(evil, world.targets_version(), ahead);
  evil.files[snapshot_of(ahead)][60] ^= 1;
  return {"a snapshot with another bit", {"wrong-hash snapshot"}};
}

Expected longer_snapshot(TakeoverWorld& world, TestRepository& evil, const Ahead& ahead) {
  seal_ahead(evil, world.targets_version(), ahead);
  evil.files[snapshot_of(ahead)] += "\n";
  return {"a longer snapshot", {"wrong-length snapshot"}};
}

Expected endless_snapshot(TakeoverWorld& world, TestRepository& evil, const Ahead& ahead) {
  seal_ahead(evil, world.targets_version(), ahead);
  evil.files[snapshot_of(ahead)].append(3u << 20, ' ');
  return {"a snapshot without an end", {"endless-data snapshot"}};
}

Expected formless_snapshot(TakeoverWorld&, TestRepository& evil, const Ahead& ahead) {
  evil.files[snapshot_of(ahead)] = "{\"signed\":{},\"signatures\":[]}";
  evil.publish_timestamp(ahead.version, ahead.version);
  return {"a snapshot without form", {"malformed snapshot"}};
}

Expected expired_timestamp(TakeoverWorld& world, TestRepository& evil, const Ahead& ahead) {
  evil.timestamp_expires = year(2020);
  evil.publish_timestamp(ahead.version, world.targets_version());
  return {"an expired timestamp", {"freeze timestamp"}};
}

Expected timestamp_of_the_past(TakeoverWorld&, TestRepository& evil, const Ahead& ahead) {
  evil.publish_timestamp(ahead.version, 2);
  return {"a timestamp over an old snapshot", {"rollback timestamp"}};
}

Expected root_ahead(TakeoverWorld&, TestRepository& evil, const Ahead& ahead) {
  evil.root_expires = ahead.expires;
  evil.files[TestRepository::name(2, "root")] =
      evil.publish_root(ahead.version, signers(evil, 5));
  return {"root", {"bad-signature root"}};
}

const std::vector<RunAhead> kWays = {
    timestamp_ahead,   snapshot_ahead,    takedown_ahead,     empty_list_ahead,
    urgent_ahead,      targets_ahead,     missing_targets,    renamed_targets,
    missing_snapshot,  damaged_snapshot,  longer_snapshot,    endless_snapshot,
    formless_snapshot, expired_timestamp, unknown_role_ahead, timestamp_of_the_past,
    root_ahead};

const std::vector<std::int64_t> kFar = {kMostVersion, kMostVersion - 1, kMostVersion - 2,
                                        std::int64_t{1} << 32, 4'000'000'000'000'000};
const std::vector<int> kYears = {2099, 2100, 9999};
constexpr int kTimes = 6;  // each way; every class of faults has its 20 mutants elsewhere

// One attack on an office of its own, and three kiosks: one sees it; one is off meanwhile; one
// sees it and is off until the office has changed its keys a second time.
class Recovery {
 public:
  Recovery(RunAhead run_ahead, int number) {
    off_ = world.kiosk->twin();
    TestRepository evil = world.seized();
    const Ahead ahead{kFar[at(number) % kFar.size()], year(kYears[at(number) % kYears.size()])};
    evil.timestamp_expires = evil.snapshot_expires = ahead.expires;
    Expected expected = run_ahead(world, evil, ahead);
    expected.what += ", " + std::to_string(ahead.version);
    what_ = expected.what;
    world.attack(evil, expected);
    late_ = world.kiosk->twin();
  }

  void recover_once() {
    world.recover();
    world.publish();
    world.serve_genuine(what_ + ", seen");
    serve(*off_, "off");
  }

  void recover_twice() {
    recover_once();
    world.recover();
    world.publish();
    world.serve_genuine(what_ + ", seen, a second time");
    serve(*late_, "late");
    off_->restart();
    serve(*off_, "off, a second time");
  }

  // Without new keys.
  void only_publish() {
    world.publish();
    world.serve_genuine(what_);
    serve(*off_, "off");
  }

  TakeoverWorld world;
  int updated = 0;  // kiosks that were off

 private:
  void serve(DrillKiosk& kiosk, const std::string& which) {
    if (world.serve_genuine(what_ + ", " + which, kiosk)) ++updated;
  }

  std::string what_;
  std::unique_ptr<DrillKiosk> off_, late_;
};

TEST(TakeoverRecovery, EveryKioskUpdatesAgainAfterANewRoot) {
  int mutants = 0, updates = 0;
  for (const RunAhead way : kWays) {
    for (int number = 0; number < kTimes; ++number) {
      Recovery recovery(way, number);
      recovery.recover_twice();
      for (const std::string& finding : recovery.world.findings) ADD_FAILURE() << finding;
      mutants += recovery.world.mutants;
      updates += recovery.world.genuine_updates + recovery.updated - 1;
    }
  }
  EXPECT_EQ(mutants, static_cast<int>(kWays.size()) * kTimes);
  EXPECT_EQ(updates, mutants * 5);
  std::cout << "drill " << mutants << " mutants, " << updates << " genuine updates\n";
}

// The control: without new keys those who saw the attack stay where they were, and the drill
// says so. What was rejected whole has done nothing.
TEST(TakeoverRecovery, TheDrillNoticesAnOfficeThatChangesNoKeys) {
  for (const RunAhead way : kWays) {
    Recovery recovery(way, 0);
    recovery.only_publish();
    const bool was_rejected_whole = way == timestamp_of_the_past || way == root_ahead;
    EXPECT_EQ(recovery.world.findings.empty(), was_rejected_whole);
    EXPECT_EQ(recovery.updated, 1) << "who was off knows of nothing";
  }
}

// What was stolen is worth nothing afterwards.
TEST(TakeoverRecovery, TheStolenKeysSignNothingAnyMore) {
  TakeoverWorld world;
  TestRepository stolen = world.seized();
  world.recover();
  world.publish();
  world.serve_genuine("the recovery");
  const auto attack = [&](TestRepository& evil, int number) -> Expected {
    evil.timestamp.keys = stolen.timestamp.keys;
    evil.snapshot.keys = stolen.snapshot.keys;
    evil.delegated["takedown"].role.keys = stolen.delegated["takedown"].role.keys;
    if (number % 2 == 0) evil.timestamp_expires = evil.snapshot_expires = year(2099);
    const std::int64_t version = number % 3 == 0 ? kMostVersion - number : world.next();
    evil.publish_delegated("takedown", version);
    seal_ahead(evil, world.targets_version(), {version, {}});
    return {"stolen keys", {"bad-signature timestamp"}};
  };
  drill(world, attack);
  for (const std::string& finding : world.findings) ADD_FAILURE() << finding;
  EXPECT_EQ(world.genuine_updates, 4);
}

// The list's own key is stolen too: with freshness from the new keys it says nothing.
TEST(TakeoverRecovery, AListByTheStolenKeyIsRefused) {
  TakeoverWorld world;
  const TestKeys stolen = world.office.delegated["takedown"].role.keys;
  world.recover();
  world.publish();
  world.serve_genuine("the recovery");
  const auto attack = [&](TestRepository& evil, int number) -> Expected {
    evil.delegated["takedown"].role.keys = stolen;
    evil.delegated["takedown"].expires = number % 2 == 0 ? year(2099) : year(9999);
    world.seal_list(evil, write_takedown_list({}));
    return {"a list by the stolen key", {"bad-signature takedown"}};
  };
  drill(world, attack, kMutants, 1);
  for (const std::string& finding : world.findings) ADD_FAILURE() << finding;
}

}  // namespace
}  // namespace conglang::player
