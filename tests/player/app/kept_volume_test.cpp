#include "player/app/kept_volume.h"

#include <gtest/gtest.h>

#include "tests/player/store/crash_folder.h"

namespace conglang::player {
namespace {

TEST(KeptVolume, IsFullUntilSomebodySaysOtherwise) {
  CrashFolder folder;
  EXPECT_EQ(load_volume(folder).value(), 100);

  ASSERT_TRUE(save_volume(folder, 0));
  EXPECT_EQ(load_volume(folder).value(), 0);
  ASSERT_TRUE(save_volume(folder, 100));
  EXPECT_EQ(load_volume(folder).value(), 100);
}

TEST(KeptVolume, IsANamedErrorWhenItIsDamaged) {
  for (const char* damaged : {"", "-1", "101", "7x", "x", " 7", "99999999999999"}) {
    CrashFolder folder(CrashFolder::Names{{"volume", damaged}});

    const auto loaded = load_volume(folder);

    ASSERT_FALSE(loaded) << damaged;
    EXPECT_EQ(loaded.error().kind, ErrorKind::malformed) << damaged;
  }
}

TEST(KeptVolume, IsTheOldOrTheNewOneWheneverThePowerGoes) {
  for (int step = 0;; ++step) {
    CrashFolder folder(CrashFolder::Names{{"volume", "20"}});
    folder.strike_at(step, CrashFolder::Fault::power_cut);
    const bool kept = save_volume(folder, 70).ok();
    for (const auto& names : folder.after_power_cut()) {
      CrashFolder after(names);
      const int volume = load_volume(after).value();
      EXPECT_TRUE(volume == 70 || (volume == 20 && !kept)) << "step " << step;
    }
    if (!folder.was_struck()) break;
  }
}

}  // namespace
}  // namespace conglang::player
