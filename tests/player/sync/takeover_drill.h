// One class of attacks after another, with a genuine update after at most ten of them.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <iostream>
#include <string>

#include "tests/player/sync/takeover_world.h"

namespace conglang::player {

inline constexpr int kMutants = 20;
inline constexpr int kBetweenUpdates = 10;
inline constexpr std::int64_t kMostVersion = std::int64_t{1} << 53;

inline Instant year(int number) {
  return *parse_instant(std::to_string(number) + "-01-01T00:00:00Z");
}

inline std::size_t at(int number) { return static_cast<std::size_t>(number); }

inline std::string publication_of_nobody() {
  return show_document({{"forged", "Do kẻ lạ viết"}}, "a film of nobody");
}

// Changes the repository that the attacker holds, and says what a kiosk must call it.
using Mutate = std::function<Expected(TestRepository& evil, int number)>;

inline void drill(TakeoverWorld& world, const Mutate& mutate, int count = kMutants,
                  int between_updates = kBetweenUpdates) {
  for (int number = 0; number < count; ++number) {
    TestRepository evil = world.seized();
    Expected expected = mutate(evil, number);
    expected.what += ", " + std::to_string(number);
    world.attack(evil, expected);
    if (number % between_updates != between_updates - 1) continue;
    world.publish();
    world.serve_genuine(expected.what);
  }
}

class TakeoverDrill : public testing::Test {
 protected:
  void drill(const Mutate& mutate, int count = kMutants,
             int between_updates = kBetweenUpdates) {
    const int before = world.genuine_updates;
    player::drill(world, mutate, count, between_updates);
    EXPECT_GE(world.genuine_updates - before, count / between_updates);
  }

  using WorldMutate = Expected (*)(TakeoverWorld&, TestRepository&, int);
  void drill(WorldMutate mutate, int count = kMutants, int between_updates = kBetweenUpdates) {
    drill([&](TestRepository& evil, int number) { return mutate(world, evil, number); }, count,
          between_updates);
  }

  void TearDown() override {
    for (const std::string& finding : world.findings) ADD_FAILURE() << finding;
    RecordProperty("mutants", world.mutants);
    RecordProperty("genuine_updates", world.genuine_updates);
    std::cout << "drill " << world.mutants << " mutants, " << world.genuine_updates
              << " genuine updates\n";
  }

  // A new edition that the attacker tampers with on its way.
  TestRepository next_edition() {
    world.publish();
    return world.seized();
  }

  TakeoverWorld world;
};

}  // namespace conglang::player
