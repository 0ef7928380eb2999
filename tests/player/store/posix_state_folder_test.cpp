#include "player/store/posix_state_folder.h"

#include <sys/stat.h>

#include "tests/player/store/temporary_folder.h"

namespace conglang::player {
namespace {

namespace fs = std::filesystem;

using RealFolder = TemporaryFolder;

TEST_F(RealFolder, IsMadeWithItsParentsAndKeepsWhatIsReplaced) {
  auto folder = PosixStateFolder::open(at("data/kiosk"));
  ASSERT_TRUE(folder);

  ASSERT_TRUE(replace_file(*folder, "trust", "one"));
  ASSERT_TRUE(replace_file(*folder, "trust", "two"));

  EXPECT_EQ(*folder->read("trust", 100), "two");
  EXPECT_FALSE(fs::exists(at("data/kiosk/trust.new")));
}

TEST_F(RealFolder, KeepsItsFilesFromOtherUsers) {
  auto folder = PosixStateFolder::open(at("data"));
  ASSERT_TRUE(replace_file(*folder, "trust", "one"));

  EXPECT_EQ(fs::status(at("data/trust")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(RealFolder, BoundsWhatIsReadAndNamesWhatIsMissing) {
  auto folder = PosixStateFolder::open(at("data"));
  ASSERT_TRUE(replace_file(*folder, "trust", "12345"));

  EXPECT_EQ(folder->read("trust", 4).error().kind, ErrorKind::too_large);
  EXPECT_EQ(folder->read("absent", 4).error().kind, ErrorKind::missing);
  EXPECT_NE(folder->read("absent", 4).error().message.find("data/absent"), std::string::npos);
}

TEST_F(RealFolder, CannotBeMadeWhereAFileStands) {
  put("data", "a file");

  const auto folder = PosixStateFolder::open(at("data/kiosk"));

  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().kind, ErrorKind::storage);
}

TEST_F(RealFolder, SaysThatTheFileCannotBeReplaced) {
  auto folder = PosixStateFolder::open(at("data"));
  fs::create_directory(at("data/trust"));

  const Status replaced = replace_file(*folder, "trust", "one");

  ASSERT_FALSE(replaced);
  EXPECT_EQ(replaced.error().kind, ErrorKind::storage);
  EXPECT_FALSE(fs::exists(at("data/trust.new")));
}

}  // namespace
}  // namespace conglang::player
