// The takeover drill, time: whoever holds the online keys can tell a kiosk without a clock any
// date, and that expires nothing for longer than until its next start.

#include "tests/player/sync/takeover_mutants.h"
#include "tests/player/sync/takeover_weak_keepers.h"

namespace conglang::player {
namespace {

const ClockReading kRight{*parse_instant("2026-11-23T10:00:00Z"), true};
const std::vector<int> kYears = {2099, 2099, 2030, 2050, 2098};

// What the office's signed word of the time does to a kiosk whose clock nobody believes.
void tell_time(TakeoverWorld& world, int number) {
  world.kiosk->clock = {year(kYears[at(number) % kYears.size()]), number % 4 < 2};
}

TestRepository signed_for_long(TakeoverWorld& world, int number) {
  TestRepository evil = world.seized();
  evil.timestamp_expires = evil.snapshot_expires = year(number % 2 == 0 ? 2100 : 9999);
  evil.delegated["takedown"].expires = year(9999);
  evil.publish_delegated("takedown", world.next());
  world.seal(evil);
  return evil;
}

// The first of the chain that has expired by then; the office's root lives until 2031.
std::string expired_in(Instant now, const std::string& role) {
  return "freeze " + (now < year(2031) ? role : "root");
}

void lie_about_time(TakeoverWorld& world) {
  for (int number = 0; number < kMutants; ++number) {
    const std::string what = "a lie about the time, " + std::to_string(number);
    const TestRepository evil = signed_for_long(world, number);
    tell_time(world, number);
    const Instant now = world.kiosk->clock.now;
    world.attack(evil, {what, {expired_in(now, "targets"), "freeze urgent"}, true});
    if (number % 2 == 0) {
      world.publish();
      // It has expired as well, and is shown nevertheless.
      world.serve_genuine(what, *world.kiosk,
                          {expired_in(now, "timestamp"), "freeze takedown", "freeze urgent"});
    }
    world.kiosk->clock = kRight;
    world.kiosk->restart();
    world.publish();
    world.serve_genuine(what + ", the next start");
    world.inspect(what, *world.kiosk);
  }
}

TEST(TakeoverOfTime, ADateInTheYear2099ExpiresNothingForGood) {
  TakeoverWorld world;

  lie_about_time(world);

  for (const std::string& finding : world.findings) ADD_FAILURE() << finding;
  EXPECT_EQ(world.mutants, kMutants);
  EXPECT_EQ(world.genuine_updates, 1 + kMutants);
}

// The control: a kiosk that never believes a clock below what the server once said.
TEST(TakeoverOfTime, TheDrillNoticesAKioskThatKeepsTheServersDate) {
  TakeoverWorld world(make_weak_keeper<KeepsTheServersDate>);

  lie_about_time(world);

  ASSERT_GE(world.findings.size(), static_cast<std::size_t>(kMutants));
  EXPECT_NE(world.findings[0].find("the next start: a genuine update met freeze root"),
            std::string::npos)
      << world.findings[0];
}

}  // namespace
}  // namespace conglang::player
