// The controls of the takeover drill: the same attacks on a kiosk that lacks one check. The
// drill must notice each, or it would notice nothing.

#include "tests/player/sync/takeover_mutants.h"
#include "tests/player/sync/takeover_weak_keepers.h"

namespace conglang::player {
namespace {

// Everything that the drill finds wrong, in one text.
std::string findings_of(TakeoverWorld& world,
                        Expected (*mutate)(TakeoverWorld&, TestRepository&, int)) {
  drill(world, [&](TestRepository& evil, int number) { return mutate(world, evil, number); });
  std::string all;
  for (const std::string& finding : world.findings) all += finding + "\n";
  return all;
}

bool says(const std::string& findings, const std::string& words) {
  return findings.find(words) != std::string::npos;
}

TEST(TakeoverControls, TheDrillNoticesAKioskThatForgetsWhatItTrusted) {
  TakeoverWorld world(make_weak_keeper<ForgetsTrust>);
  ASSERT_TRUE(world.findings.empty());

  const std::string findings = findings_of(world, replay_everything);

  EXPECT_TRUE(says(findings, "named nothing, expected rollback timestamp")) << findings;
  EXPECT_TRUE(says(findings, "appeared: news: Bản tin 1")) << findings;
  EXPECT_TRUE(says(findings, "came back: hidden: Ảnh sai 1")) << findings;
}

TEST(TakeoverControls, TheDrillNoticesAKioskThatBelievesTheNewestList) {
  TakeoverWorld world(make_weak_keeper<ForgetsActs>);
  ASSERT_TRUE(world.findings.empty());

  const std::string findings = findings_of(world, empty_list);

  EXPECT_TRUE(says(findings, "named nothing, expected rollback takedown/list.json"))
      << findings;
  EXPECT_TRUE(says(findings, "came back: hidden: Ảnh sai 4")) << findings;
}

TEST(TakeoverControls, TheDrillNoticesAKioskThatBelievesEverySigner) {
  TakeoverWorld world(make_weak_keeper<BelievesEverySigner>);
  ASSERT_TRUE(world.findings.empty());

  const std::string findings = findings_of(world, forge_targets);

  EXPECT_TRUE(says(findings, ", expected bad-signature targets")) << findings;
  EXPECT_TRUE(says(findings, "unapproved on the screen: forged: Do kẻ lạ viết")) << findings;
}

TEST(TakeoverControls, TheDrillNoticesAKioskThatPinnedTheAttackersRoot) {
  TestRepository attackers;
  attackers.root.keys = attackers.targets_role.keys = {TestKey("the attacker")};
  TakeoverWorld world(make_real_keeper, attackers.publish_root(1));
  world.findings.clear();  // of the genuine office it believes nothing

  const std::string findings = findings_of(world, forge_targets);

  EXPECT_TRUE(says(findings, "unapproved on the screen: forged: Do kẻ lạ viết")) << findings;
  EXPECT_TRUE(says(findings, "a genuine update did not appear")) << findings;
}

// A store that would keep what came without looking at it.
TEST(TakeoverControls, TheDrillNoticesAFilmThatNobodyHashed) {
  TakeoverWorld world;
  const std::string film(world.office.files.at(world.film_path).size(), 'x');
  world.kiosk->plant(world.film_path, film);

  world.inspect("a film that nobody hashed", *world.kiosk);

  ASSERT_EQ(world.findings.size(), 1u);
  EXPECT_TRUE(says(world.findings[0],
                   "unapproved on the screen: film: " + sha256(std::string_view(film)).hex()));
}

}  // namespace
}  // namespace conglang::player
