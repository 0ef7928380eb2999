#include "player/store/content_disk.h"

#include <sys/stat.h>

#include "tests/player/store/content_files.h"
#include "tests/player/store/temporary_folder.h"

namespace conglang::player {
namespace {

class ContentDiskTest : public TemporaryFolder {
 protected:
  ContentDisk open() { return std::move(ContentDisk::open(at("repository"))).value(); }

  static Status append(ContentDisk& disk, const std::string& path, std::int64_t after,
                       std::string_view bytes) {
    auto file = disk.open_after(path, after);
    if (!file) return file.error();
    Status done = (*file)->append(octets(bytes));
    return done ? (*file)->sync() : done;
  }

  static std::string read_all(ContentDisk& disk, const std::string& path) {
    std::array<std::uint8_t, 64> bytes{};
    const auto got = disk.read(path, 0, bytes);
    return got ? std::string(bytes.begin(), bytes.begin() + static_cast<int>(*got)) : "?";
  }
};

TEST_F(ContentDiskTest, WritesReadsListsMovesAndRemoves) {
  ContentDisk disk = open();
  ASSERT_TRUE(append(disk, "incoming/a.part", 0, "hello"));
  ASSERT_TRUE(append(disk, "incoming/a.part", 4, "p!"));
  EXPECT_EQ(read_all(disk, "incoming/a.part"), "hellp!");

  ASSERT_TRUE(disk.rename("incoming/a.part", "targets/assets/a"));
  ASSERT_TRUE(disk.sync_names("targets/assets"));

  EXPECT_EQ(disk.list("incoming", 9).value(), std::vector<ContentEntry>{});
  EXPECT_EQ(disk.list("targets/assets", 9).value(), (std::vector<ContentEntry>{{"a", 6}}));
  ASSERT_TRUE(disk.remove("targets/assets/a"));
  EXPECT_EQ(disk.remove("targets/assets/a").error().kind, ErrorKind::missing);
}

TEST_F(ContentDiskTest, DoesNotGoOnBehindTheEndOfAFile) {
  ContentDisk disk = open();
  ASSERT_TRUE(append(disk, "a", 0, "hello"));

  EXPECT_EQ(disk.open_after("a", 6).error().kind, ErrorKind::storage);
}

TEST_F(ContentDiskTest, ListsAFolderThatIsNotThereAsEmptyAndAFullOneAsTooLarge) {
  ContentDisk disk = open();
  ASSERT_TRUE(append(disk, "few/a", 0, ""));
  ASSERT_TRUE(append(disk, "few/b", 0, ""));

  EXPECT_TRUE(disk.list("nowhere", 9).value().empty());
  EXPECT_EQ(disk.list("few", 2).value().size(), 2u);
  EXPECT_EQ(disk.list("few", 1).error().kind, ErrorKind::too_large);
}

TEST_F(ContentDiskTest, FollowsNoLinkAndLeavesTheFolderByNoName) {
  put("secret", "s");
  put("elsewhere/a", "");
  ContentDisk disk = open();
  std::filesystem::create_symlink(at("secret"), at("repository/link"));
  std::filesystem::create_directory_symlink(at("elsewhere"), at("repository/targets"));
  std::array<std::uint8_t, 8> bytes{};

  EXPECT_FALSE(disk.read("link", 0, bytes));
  EXPECT_FALSE(disk.open_after("link", 0));
  EXPECT_FALSE(disk.open_after("targets/a", 0));
  EXPECT_FALSE(disk.rename("link", "targets/b"));
  EXPECT_FALSE(disk.open_after("../a", 0));
  EXPECT_FALSE(disk.rename("link", "../secret"));
  EXPECT_FALSE(disk.remove("../secret"));
  EXPECT_TRUE(disk.list("targets", 9).value().empty());
  EXPECT_TRUE(disk.list("", 9).value().empty());
  EXPECT_EQ(std::filesystem::file_size(at("elsewhere/a")), 0u);
}

TEST_F(ContentDiskTest, IsNotHeldUpByAPipe) {
  ContentDisk disk = open();
  ASSERT_EQ(::mkfifo(at("repository/pipe").c_str(), 0600), 0);
  std::array<std::uint8_t, 8> bytes{};

  EXPECT_FALSE(disk.open_after("pipe", 0));
  EXPECT_FALSE(disk.read("pipe", 0, bytes));
}

TEST_F(ContentDiskTest, KnowsHowMuchIsFree) { EXPECT_GT(open().free_bytes().value(), 0); }

}  // namespace
}  // namespace conglang::player
