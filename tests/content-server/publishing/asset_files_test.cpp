#include "content-server/publishing/asset_files.h"

#include <gtest/gtest.h>

#include "tests/support/office_folder.h"

namespace conglang::server {
namespace {

class AssetFilesTest : public testing::Test {
 protected:
  AssetFilesTest() {
    office_.write("source/pictures/gate.png", png_bytes("gate"));
    office_.write("shared/gate.jpg", jpg_bytes("gate"));
    office_.write("secret/key.png", png_bytes("secret"));
  }

  std::string find(const std::string& path, AssetKind kind = AssetKind::image) {
    const Result<AssetFiles> files = AssetFiles::open(office_ / "source");
    if (!files.ok()) return files.error().message;
    const Result<FoundAsset> found = files->find(kind, path);
    return found.ok() ? "found" : to_string(found.error().kind);
  }

  OfficeFolder office_;
};

TEST_F(AssetFilesTest, FindsBelowTheFolderItself) {
  const AssetFiles files = AssetFiles::open(office_ / "source").value();

  const Result<FoundAsset> found = files.find(AssetKind::image, "pictures/gate.png");

  ASSERT_TRUE(found.ok()) << found.error().message;
  EXPECT_EQ(found->file.extension, "png");
  EXPECT_EQ(found->file.length, 12);
  EXPECT_EQ(found->file.sha256, sha256(std::string_view(png_bytes("gate"))));
}

TEST_F(AssetFilesTest, FindsBelowARootOfPackToml) {
  EXPECT_EQ(find("gate.jpg"), "missing");
  office_.write("source/pack.toml", "asset_roots = [\"../shared\"]\n");
  EXPECT_EQ(find("gate.jpg"), "found");
}

TEST_F(AssetFilesTest, RefusesToLeaveTheRoots) {
  EXPECT_EQ(find("../secret/key.png"), "untrusted");
  EXPECT_EQ(find("pictures/../../secret/key.png"), "untrusted");
  EXPECT_EQ(find((office_ / "secret/key.png").string()), "untrusted");
}

TEST_F(AssetFilesTest, RefusesALinkThatLeavesTheRoots) {
  std::filesystem::create_symlink("../secret", office_ / "source/inside");
  std::filesystem::create_symlink("../secret/key.png", office_ / "source/link.png");
  EXPECT_EQ(find("inside/key.png"), "untrusted");
  EXPECT_EQ(find("link.png"), "untrusted");
}

TEST_F(AssetFilesTest, FollowsALinkIntoARoot) {
  office_.write("source/pack.toml", "asset_roots = [\"../shared\"]\n");
  std::filesystem::create_symlink("../shared/gate.jpg", office_ / "source/link.jpg");
  EXPECT_EQ(find("link.jpg"), "found");
}

TEST_F(AssetFilesTest, RefusesANameThatDoesNotFitTheKind) {
  office_.write("source/clip.mp4", mp4_bytes("x"));
  office_.write("source/words.txt", "words");
  EXPECT_EQ(find("clip.mp4", AssetKind::video), "found");
  EXPECT_EQ(find("clip.mp4", AssetKind::image), "unsupported");
  EXPECT_EQ(find("pictures/gate.png", AssetKind::video), "unsupported");
  EXPECT_EQ(find("words.txt"), "unsupported");
}

TEST_F(AssetFilesTest, RefusesBytesThatAreNotOfTheirName) {
  office_.write("source/fake.png", "#!/bin/sh\nrm -rf /\n");
  office_.write("source/empty.png", "");
  office_.write("source/fake.mp4", png_bytes("a picture"));
  EXPECT_EQ(find("fake.png"), "unsupported");
  EXPECT_EQ(find("empty.png"), "unsupported");
  EXPECT_EQ(find("fake.mp4", AssetKind::video), "unsupported");
}

TEST_F(AssetFilesTest, TakesUpperCaseAndJpegForWhatTheyAre) {
  office_.write("source/a.JPEG", jpg_bytes("a"));
  const AssetFiles files = AssetFiles::open(office_ / "source").value();
  EXPECT_EQ(files.find(AssetKind::image, "a.JPEG")->file.extension, "jpg");
}

TEST_F(AssetFilesTest, RefusesAFolderInThePlaceOfAFile) {
  std::filesystem::create_directory(office_ / "source/folder.png");
  EXPECT_NE(find("folder.png"), "found");
}

TEST_F(AssetFilesTest, NamesWhatIsWrongInPackToml) {
  office_.write("source/pack.toml", "asset_rots = []\n");
  EXPECT_NE(find("gate.jpg").find("pack.toml: \"asset_rots\" is not known"), std::string::npos);
  office_.write("source/pack.toml", "asset_roots = [\n\n");
  EXPECT_NE(find("gate.jpg").find("pack.toml: line"), std::string::npos);
  office_.write("source/pack.toml", "asset_roots = [\"../nowhere\"]\n");
  EXPECT_NE(find("gate.jpg").find("there is no such folder"), std::string::npos);
  office_.write("source/pack.toml", "asset_roots = [7]\n");
  EXPECT_NE(find("gate.jpg").find("must hold texts"), std::string::npos);
}

}  // namespace
}  // namespace conglang::server
