#include "player/programme/build_from_source.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace conglang::player {
namespace {

namespace fs = std::filesystem;

class SourceFolder : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "source-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    base_ = fs::canonical(name);
    put("folder/publication.json");
    put("folder/own.png");
    put("folder/both.png");
    put("shared/both.png");
    put("shared/clips/film.mp4");
    put("secret.png");
    roots_ = {(base_ / "folder").string(), (base_ / "shared").string()};
  }
  void TearDown() override { fs::remove_all(base_); }

  void put(const std::string& path) {
    fs::create_directories((base_ / path).parent_path());
    std::ofstream(base_ / path) << "bytes";
  }
  std::optional<std::string> find(const std::string& path) {
    return find_source_file(path, roots_);
  }
  std::string at(const std::string& path) { return (base_ / path).string(); }

  fs::path base_;
  std::vector<std::string> roots_;
};

Publication with_image(const std::string& path) {
  Publication made;
  made.assets = {{AssetId{"picture"}, AssetKind::image, SourceFile{path}, {}, "", ""}};
  Playlist playlist;
  playlist.id = PlaylistId{"main"};
  Item image;
  image.id = ItemId{"photo"};
  image.content = ImageContent{AssetId{"picture"}, FitMode::contain};
  Item unknown;
  unknown.id = ItemId{"later"};
  unknown.content = UnknownContent{"hologram"};
  playlist.items = {image, unknown};
  made.playlists = {playlist};
  made.schedule = {{PlaylistId{"main"}, ScheduleWhen::always}};
  return made;
}

TEST_F(SourceFolder, IsSearchedBeforeTheOtherRoots) {
  EXPECT_EQ(find("own.png"), at("folder/own.png"));
  EXPECT_EQ(find("both.png"), at("folder/both.png"));
  EXPECT_EQ(find("clips/film.mp4"), at("shared/clips/film.mp4"));
}

TEST_F(SourceFolder, IsNeverLeft) {
  fs::create_symlink(base_ / "secret.png", base_ / "folder/link.png");
  fs::create_directory_symlink(base_, base_ / "folder/up");

  EXPECT_EQ(find("../secret.png"), std::nullopt);
  EXPECT_EQ(find(at("secret.png")), std::nullopt);
  EXPECT_EQ(find("link.png"), std::nullopt);
  EXPECT_EQ(find("up/secret.png"), std::nullopt);
  EXPECT_EQ(find("clips/../../secret.png"), std::nullopt);
}

TEST_F(SourceFolder, FindsFilesOnly) {
  EXPECT_EQ(find("clips"), std::nullopt);
  EXPECT_EQ(find(""), std::nullopt);
  EXPECT_EQ(find("."), std::nullopt);
  EXPECT_EQ(find("absent.png"), std::nullopt);
}

TEST_F(SourceFolder, BecomesAProgrammeWithoutDigests) {
  const BuiltProgramme built = build_from_source(with_image("own.png"), roots_);

  ASSERT_EQ(built.programme.items.size(), 1u);
  EXPECT_EQ(std::get<ShowImage>(built.programme.items[0].content).file,
            (HeldFile{at("folder/own.png"), std::nullopt, 0}));
  ASSERT_EQ(built.left_out.size(), 1u);
  EXPECT_EQ(built.left_out[0].kind, LeftOutKind::unknown_kind);
}

TEST_F(SourceFolder, GivesOneItemEvenWhenItIsNotScheduled) {
  Publication publication = with_image("own.png");
  publication.schedule.clear();

  const auto item = build_item(publication, ItemId{"photo"}, roots_, {});

  ASSERT_TRUE(item);
  EXPECT_EQ(item->name, "picture");
}

TEST_F(SourceFolder, SaysWhyAnItemCannotBeShown) {
  const auto reason = [&](const char* path, const char* id) {
    const auto item = build_item(with_image(path), ItemId{id}, roots_, {});
    return item ? "" : to_string(item.error().kind) + ": " + item.error().message;
  };

  EXPECT_EQ(reason("absent.png", "photo"), "missing: item photo: asset picture: absent.png");
  EXPECT_EQ(reason("own.png", "later"), "unsupported: item later: kind hologram");
  EXPECT_EQ(reason("own.png", "nobody"), "missing: item nobody: not in the publication");
}

TEST_F(SourceFolder, TakesHeldAssetsForThePublishedForm) {
  Publication publication = with_image("");
  const Sha256Digest digest{{9}};
  publication.assets[0].file = PublishedFile{digest, 5, "png"};

  const auto item = build_item(publication, ItemId{"photo"}, {}, {{digest, at("secret.png")}});

  ASSERT_TRUE(item);
  EXPECT_EQ(std::get<ShowImage>(item->content).file, (HeldFile{at("secret.png"), digest, 5}));
}

}  // namespace
}  // namespace conglang::player
