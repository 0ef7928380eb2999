#include "player/programme/strikes.h"

#include <gtest/gtest.h>

namespace conglang::player {
namespace {

using std::chrono::minutes;

MonotonicTime at(int minute) { return MonotonicTime{minutes{minute}}; }

TEST(Strikes, LeaveAContentAloneAfterThreeFailures) {
  Strikes strikes;

  EXPECT_EQ(strikes.record_failure("a", at(0)), 1);
  EXPECT_EQ(strikes.record_failure("a", at(1)), 2);
  EXPECT_FALSE(strikes.is_quarantined("a", at(1)));
  EXPECT_EQ(strikes.record_failure("a", at(2)), 3);

  EXPECT_TRUE(strikes.is_quarantined("a", at(2)));
  EXPECT_EQ(strikes.next_allowed("a", at(2)), at(12));
}

TEST(Strikes, AllowAnotherAttemptAfterTenMinutesAndThenOnlyOne) {
  Strikes strikes;
  for (int i = 0; i < 3; ++i) strikes.record_failure("a", at(0));

  EXPECT_TRUE(strikes.is_quarantined("a", at(10) - std::chrono::nanoseconds{1}));
  EXPECT_FALSE(strikes.is_quarantined("a", at(10)));
  strikes.record_failure("a", at(10));
  EXPECT_EQ(strikes.next_allowed("a", at(11)), at(20));
}

TEST(Strikes, ForgiveEverythingAfterASuccess) {
  Strikes strikes;
  for (int i = 0; i < 3; ++i) strikes.record_failure("a", at(0));

  strikes.record_success("a");

  EXPECT_FALSE(strikes.is_quarantined("a", at(0)));
  EXPECT_EQ(strikes.record_failure("a", at(0)), 1);
}

TEST(Strikes, AreCountedForEachContentAlone) {
  Strikes strikes;
  for (int i = 0; i < 3; ++i) strikes.record_failure("a", at(0));

  EXPECT_FALSE(strikes.is_quarantined("b", at(0)));
}

TEST(Strikes, KnowContentsOfEveryKindByTheirFileOrElseTheirId) {
  const HeldFile file{"/a.png", Sha256Digest{{7}}, 3};
  const std::vector<std::pair<ShowContent, bool>> kinds = {
      {ShowVideo{file}, true},  {ShowImage{file}, true},
      {ShowFile{file}, true},   {ShowTextCard{{}, {}, file}, true},
      {ShowTextCard{}, false},  {ShowEntryCard{{}, {}, {}, {}, {}, {}, file}, true},
      {ShowEntryCard{}, false}, {ShowNotice{}, false}};
  ASSERT_EQ(std::variant_size_v<ShowContent>, 6u) << "a new kind is missing here";
  for (const auto& [content, has_file] : kinds) {
    ShowItem item;
    item.id = ItemId{"one"};
    item.content = content;
    EXPECT_EQ(content_key(item), has_file ? "sha256:" + file.sha256->hex() : "item:one");
  }
}

TEST(Strikes, ForgetTheOldestContentBeyondAThousand) {
  Strikes strikes;
  for (int i = 0; i < 1005; ++i) {
    for (int times = 0; times < 3; ++times) {
      strikes.record_failure("content-" + std::to_string(i), MonotonicTime{Milliseconds{i}});
    }
  }

  EXPECT_EQ(strikes.size(), 1000u);
  EXPECT_FALSE(strikes.is_quarantined("content-4", at(1)));
  EXPECT_TRUE(strikes.is_quarantined("content-5", at(1)));
}

TEST(ContentKey, IsTheSameForTheSameBytesUnderAnotherName) {
  const Sha256Digest digest{{7}};
  ShowItem one;
  one.content = ShowVideo{{"/a.mp4", digest, 10}, FitMode::contain, SoundUse::none};
  ShowItem other;
  other.content = ShowImage{{"/b.mp4", digest, 10}, FitMode::contain};

  EXPECT_EQ(content_key(one), content_key(other));
}

TEST(ContentKey, IsThePathOfALocalFile) {
  ShowItem item;
  item.content = ShowFile{{"/media/a.mp4", std::nullopt, 0}};

  EXPECT_EQ(content_key(item), "path:/media/a.mp4");
}

TEST(ContentKey, IsTheItemForACardWithoutAFile) {
  ShowItem item;
  item.id = ItemId{"welcome"};
  item.content = ShowTextCard{};

  EXPECT_EQ(content_key(item), "item:welcome");
}

}  // namespace
}  // namespace conglang::player
