#include "player/store/trust_files.h"

#include <gtest/gtest.h>

#include "tests/player/store/crash_folder.h"

namespace conglang::player {
namespace {

const Sha256Digest kPin{{1}};
const Sha256Digest kOtherPin{{2}};

KeptTrust trust(const std::string& mark) {
  return {{"root " + mark, "timestamp " + mark, "snapshot " + mark, "targets " + mark},
          Instant{Milliseconds{1'764'000'000'123}}};
}

KeptPublication publication(const std::string& mark) {
  return {"targets " + mark, "publications/hoa-phong.json", "{\"title\":\"" + mark + "\"}"};
}

TEST(TrustFiles, GiveBackWhatTheyKeep) {
  CrashFolder folder;
  TrustFiles files(folder, kPin);

  ASSERT_TRUE(files.save_trust(trust("a")));
  ASSERT_TRUE(files.save_publications({publication("b"), publication("c")}));

  EXPECT_EQ(*files.load_trust(), trust("a"));
  EXPECT_EQ(*files.load_publications(), (KeptPublications{publication("b"), publication("c")}));
}

TEST(TrustFiles, KeepNoPublicationAsNone) {
  CrashFolder folder;
  TrustFiles files(folder, kPin);

  ASSERT_TRUE(files.save_publications({publication("b"), std::nullopt}));

  EXPECT_EQ(*files.load_publications(), (KeptPublications{publication("b"), std::nullopt}));
}

TEST(TrustFiles, AreMissingAtTheFirstStart) {
  CrashFolder folder;
  TrustFiles files(folder, kPin);

  EXPECT_EQ(files.load_trust().error().kind, ErrorKind::missing);
  EXPECT_EQ(files.load_publications().error().kind, ErrorKind::missing);
}

TEST(TrustFiles, GiveNothingThatWasKeptForAnotherRoot) {
  CrashFolder folder;
  TrustFiles first(folder, kPin);
  ASSERT_TRUE(first.save_trust(trust("a")));
  ASSERT_TRUE(first.save_publications({publication("a"), std::nullopt}));
  TrustFiles second(folder, kOtherPin);

  EXPECT_EQ(second.load_trust().error().kind, ErrorKind::conflict);
  EXPECT_EQ(second.load_publications().error().kind, ErrorKind::conflict);
}

TEST(TrustFiles, NoticeDamage) {
  CrashFolder folder;
  ASSERT_TRUE(TrustFiles(folder, kPin).save_trust(trust("a")));
  auto names = folder.names();
  names["trust"][100] ^= 1;
  CrashFolder damaged(names);

  const auto loaded = TrustFiles(damaged, kPin).load_trust();

  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().kind, ErrorKind::malformed);
  EXPECT_NE(loaded.error().message.find("kept trust"), std::string::npos);
}

// The old state or the new one, and readable, for every step at which the power goes and
// for every order in which the disk may have worked.
TEST(TrustFiles, AreOldOrNewWheneverThePowerIsCut) {
  CrashFolder before;
  ASSERT_TRUE(TrustFiles(before, kPin).save_trust(trust("old")));
  int worlds = 0;

  for (int step = 0;; ++step) {
    CrashFolder folder(before.names());
    folder.strike_at(step, CrashFolder::Fault::power_cut);
    const Status saved = TrustFiles(folder, kPin).save_trust(trust("new"));
    for (const auto& names : folder.after_power_cut()) {
      ++worlds;
      CrashFolder again(names);
      TrustFiles files(again, kPin);
      const auto loaded = files.load_trust();
      ASSERT_TRUE(loaded) << "step " << step << ": " << loaded.error().message;
      EXPECT_TRUE(*loaded == trust("new") || (!saved && *loaded == trust("old")));
      EXPECT_TRUE(files.save_trust(trust("later"))) << "step " << step;
      EXPECT_EQ(*files.load_trust(), trust("later"));
    }
    if (!folder.was_struck()) break;
  }
  EXPECT_GE(worlds, 8);
}

TEST(TrustFiles, AreOldOrNewWhicheverOperationFails) {
  for (int step = 0;; ++step) {
    CrashFolder folder;
    TrustFiles files(folder, kPin);
    ASSERT_TRUE(files.save_trust(trust("old")));
    folder.strike_at(folder.operations() + step, CrashFolder::Fault::failure);

    const Status saved = files.save_trust(trust("new"));

    if (!folder.was_struck()) break;
    EXPECT_FALSE(saved) << "step " << step;
    const auto loaded = files.load_trust();
    ASSERT_TRUE(loaded) << "step " << step;
    EXPECT_TRUE(*loaded == trust("old") || *loaded == trust("new"));
  }
}

}  // namespace
}  // namespace conglang::player
