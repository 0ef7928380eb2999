// Attacks of the takeover drill that its controls use too, against a weakened kiosk.
#pragma once

#include <string>
#include <vector>

#include "tests/player/sync/takeover_drill.h"

namespace conglang::player {

// Whoever can sign without an approver.
inline TestKeys signers(const TestRepository& evil, int number) {
  const TestKey stranger("the attacker");
  const TestKey timestamp = evil.timestamp.keys[0], snapshot = evil.snapshot.keys[0],
                takedown = evil.delegated.at("takedown").role.keys[0];
  const std::vector<TestKeys> all = {{},
                                     {stranger},
                                     {timestamp},
                                     {snapshot},
                                     {takedown},
                                     {timestamp, snapshot, takedown, stranger},
                                     {stranger, stranger}};
  return all[at(number) % all.size()];
}

// A publication of his own, under every signature that he can make.
inline Expected forge_targets(TakeoverWorld& world, TestRepository& evil, int number) {
  const std::int64_t version = world.next();
  evil.targets[kShow] = publication_of_nobody();
  evil.files[repository_path(asset_of("a film of nobody"))] = "a film of nobody";
  evil.states_lengths = number % 2 == 0;
  if (number % 3 == 1) evil.targets_expires = year(2099);
  if (number % 3 == 2) evil.delegated["takedown"].paths = {"*/*", "publications/*"};
  evil.targets_role.keys = signers(evil, number);
  evil.publish_targets(version);
  world.seal(evil, version);
  return {"unsigned targets", {"bad-signature targets"}};
}

// Genuine from the first to the last byte, and older.
inline Expected replay_everything(TakeoverWorld& world, TestRepository& evil, int number) {
  evil.files = world.older[at(number) % world.older.size()].files;
  return {"the repository of before", {"rollback timestamp"}};
}

// A list that the stolen key signed, in which acts are missing.
inline Expected empty_list(TakeoverWorld& world, TestRepository& evil, int number) {
  TakedownActs fewer;
  const TakedownActs all = world.acts();
  for (std::size_t at = 0; at < all.size(); ++at) {
    const bool is_kept = (static_cast<unsigned>(number) >> at) % 2 == 1;
    if (is_kept && fewer.size() + 1 < all.size()) fewer.push_back(all[at]);
  }
  world.seal_list(evil, write_takedown_list(fewer));
  return {"a list that lacks acts", {"rollback takedown/list.json"}};
}

}  // namespace conglang::player
