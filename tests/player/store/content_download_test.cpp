#include "player/store/content_download.h"

#include <gtest/gtest.h>

#include "playlists/trust/verified_target.h"
#include "tests/player/store/content_crash_folder.h"
#include "tests/player/store/content_files.h"

namespace conglang::player {
namespace {

constexpr std::int64_t kAll = std::int64_t{1} << 40;
const std::string kFilm = "moving pictures of the village gate";
const TargetFile kFile = asset_of(kFilm);

TEST(ContentDownload, HasNoNameBeforeItsLastByteIsProven) {
  ContentCrashFolder folder;
  ContentDownload download(folder, kFile, 0);
  ASSERT_TRUE(download.add(octets(kFilm)));
  EXPECT_EQ(folder.files().count(repository_path(kFile)), 0u);

  ASSERT_TRUE(download.finish());

  EXPECT_EQ(folder.files(), (ContentCrashFolder::Files{{repository_path(kFile), kFilm}}));
}

TEST(ContentDownload, GoesOnFromEveryByteOfAnEarlierAttempt) {
  for (std::size_t cut = 0; cut <= kFilm.size(); ++cut) {
    ContentCrashFolder folder;
    ContentDownload first(folder, kFile, 0);
    ASSERT_TRUE(first.add(octets(std::string_view(kFilm).substr(0, cut))));
    ContentDownload second(folder, kFile, first.kept());
    for (bool hashed = false; !hashed;) hashed = second.hash_kept(3).value();
    EXPECT_EQ(second.held(), static_cast<std::int64_t>(cut));

    ASSERT_TRUE(second.add(octets(std::string_view(kFilm).substr(cut))));
    ASSERT_TRUE(second.finish());

    EXPECT_EQ(folder.files().at(repository_path(kFile)), kFilm);
  }
}

TEST(ContentDownload, EndsWithTheFirstByteTooMuch) {
  ContentCrashFolder folder;
  ContentDownload download(folder, kFile, 0);
  ASSERT_TRUE(download.add(octets(kFilm)));

  const Status more = download.add(octets("x"));

  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().kind, ErrorKind::too_large);
  EXPECT_TRUE(download.finish());
}

TEST(ContentDownload, IsNoFileWhenItWasCut) {
  ContentCrashFolder folder;
  ContentDownload download(folder, kFile, 0);
  ASSERT_TRUE(download.add(octets(std::string_view(kFilm).substr(1))));

  EXPECT_EQ(download.finish().error().kind, ErrorKind::untrusted);
  EXPECT_EQ(folder.files().count(repository_path(kFile)), 0u);
}

TEST(ContentDownload, ForgetsBytesThatAreNotWhatWasSignedFor) {
  ContentCrashFolder folder;
  ContentDownload download(folder, kFile, 0);
  ASSERT_TRUE(download.add(octets(std::string(kFilm.size(), '!'))));

  const Status done = download.finish();

  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "wrong-hash");
  EXPECT_TRUE(folder.files().empty());
  EXPECT_EQ(download.held(), 0);
}

TEST(ContentDownload, BeginsAnewWhenTheEarlierAttemptIsLongerThanTheFile) {
  ContentCrashFolder folder;
  folder.put(ContentDownload::part_path(kFile.sha256), kFilm + "more");
  ContentDownload download(folder, kFile, kFile.length + 4);

  ASSERT_TRUE(download.hash_kept(kAll).value());

  EXPECT_EQ(download.held(), 0);
  ASSERT_TRUE(download.add(octets(kFilm)));
  EXPECT_TRUE(download.finish());
}

TEST(ContentDownload, TakesWhatIsReallyThereOfAnEarlierAttempt) {
  ContentCrashFolder folder;
  folder.put(ContentDownload::part_path(kFile.sha256), kFilm.substr(0, 4));
  ContentDownload download(folder, kFile, 20);

  EXPECT_TRUE(download.hash_kept(kAll).value());

  EXPECT_EQ(download.held(), 4);
}

TEST(ContentDownload, BringsAFileWithoutAnyBytes) {
  ContentCrashFolder folder;
  ContentDownload download(folder, asset_of(""), 0);

  ASSERT_TRUE(download.is_whole());
  ASSERT_TRUE(download.finish());

  EXPECT_EQ(folder.files().at(repository_path(asset_of(""))), "");
}

}  // namespace
}  // namespace conglang::player
