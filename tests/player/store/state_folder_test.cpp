#include "player/store/state_folder.h"

#include <gtest/gtest.h>

#include "tests/player/store/crash_folder.h"

namespace conglang::player {
namespace {

using Fault = CrashFolder::Fault;

const std::string kOld(300, 'o');
const std::string kNew(500, 'n');

TEST(ReplaceFile, MakesTheFileAndLeavesNothingElse) {
  CrashFolder folder;

  ASSERT_TRUE(replace_file(folder, "trust", kNew));

  EXPECT_EQ(folder.names(), (CrashFolder::Names{{"trust", kNew}}));
  EXPECT_EQ(folder.after_power_cut().size(), 1u);
}

TEST(ReplaceFile, LeavesTheOldOrTheNewFileWheneverThePowerIsCut) {
  int cuts = 0;
  for (int step = 0;; ++step) {
    CrashFolder folder({{"trust", kOld}});
    folder.strike_at(step, Fault::power_cut);
    const Status replaced = replace_file(folder, "trust", kNew);
    if (!folder.was_struck()) break;
    EXPECT_FALSE(replaced) << "step " << step;
    for (const auto& names : folder.after_power_cut()) {
      ++cuts;
      ASSERT_EQ(names.count("trust"), 1u) << "step " << step;
      EXPECT_TRUE(names.at("trust") == kOld || names.at("trust") == kNew) << "step " << step;
    }
  }
  EXPECT_GE(cuts, 7);
}

TEST(ReplaceFile, LeavesNoHalfFileWhenThePowerIsCutTheFirstTime) {
  for (int step = 0; step < 3; ++step) {
    CrashFolder folder;
    folder.strike_at(step, Fault::power_cut);
    EXPECT_FALSE(replace_file(folder, "trust", kNew));
    for (const auto& names : folder.after_power_cut()) {
      const auto found = names.find("trust");
      EXPECT_TRUE(found == names.end() || found->second == kNew) << "step " << step;
    }
  }
}

TEST(ReplaceFile, IsDurableOnceItSaysSo) {
  CrashFolder folder({{"trust", kOld}});

  ASSERT_TRUE(replace_file(folder, "trust", kNew));

  for (const auto& names : folder.after_power_cut()) EXPECT_EQ(names.at("trust"), kNew);
}

TEST(ReplaceFile, LeavesTheOldOrTheNewFileWhicheverOperationFails) {
  for (int step = 0; step < 3; ++step) {
    CrashFolder folder({{"trust", kOld}});
    folder.strike_at(step, Fault::failure);

    EXPECT_FALSE(replace_file(folder, "trust", kNew)) << "step " << step;

    const std::string& kept = folder.names().at("trust");
    EXPECT_TRUE(kept == kOld || kept == kNew) << "step " << step;
    EXPECT_EQ(folder.names().count("trust.new"), 0u) << "step " << step;
    EXPECT_TRUE(replace_file(folder, "trust", kNew)) << "step " << step;
    EXPECT_EQ(folder.names().at("trust"), kNew);
  }
}

}  // namespace
}  // namespace conglang::player
