#include "player/store/repository_files.h"

#include <sys/stat.h>

#include "tests/player/store/temporary_folder.h"

namespace conglang::player {
namespace {

namespace fs = std::filesystem;

class RepositoryFolder : public TemporaryFolder {
 protected:
  void SetUp() override {
    TemporaryFolder::SetUp();
    put("secret.json", "secret");
    put("repository/metadata/timestamp.json", "{}");
  }

  // The bytes, or the kind of the error.
  std::string read(const std::string& path, std::int64_t max_bytes = 1000) {
    RepositoryFiles files(at("repository"));
    const auto bytes = files.read(path, max_bytes);
    return bytes ? *bytes : to_string(bytes.error().kind);
  }
};

TEST_F(RepositoryFolder, GivesItsFiles) { EXPECT_EQ(read("metadata/timestamp.json"), "{}"); }

TEST_F(RepositoryFolder, IsNeverLeftByAName) {
  for (const std::string path :
       {"../secret.json", "metadata/../../secret.json", "./metadata/timestamp.json",
        "metadata//timestamp.json", "/metadata/timestamp.json", "", "/", "..", "metadata/"}) {
    EXPECT_EQ(read(path), "unsupported") << path;
  }
  EXPECT_EQ(read(at("secret.json")), "unsupported");
  EXPECT_EQ(read(std::string("metadata/timestamp.json\0x", 25)), "unsupported");
}

TEST_F(RepositoryFolder, IsNeverLeftByALink) {
  fs::create_symlink(at("secret.json"), at("repository/metadata/2.root.json"));
  fs::create_directory_symlink(at(""), at("repository/up"));

  EXPECT_EQ(read("metadata/2.root.json"), "unsupported");
  EXPECT_NE(read("up/secret.json"), "secret");
}

TEST_F(RepositoryFolder, BoundsWhatIsRead) {
  put("repository/metadata/timestamp.json", std::string(100'000, 'x'));

  EXPECT_EQ(read("metadata/timestamp.json", 100'000).size(), 100'000u);
  EXPECT_EQ(read("metadata/timestamp.json", 99'999), "too-large");
  EXPECT_EQ(read("metadata/timestamp.json", 0), "too-large");
}

TEST_F(RepositoryFolder, HasNoPipesAndNoFolders) {
  ASSERT_EQ(mkfifo(at("repository/metadata/2.root.json").c_str(), 0600), 0);

  EXPECT_EQ(read("metadata/2.root.json"), "unsupported");
  EXPECT_EQ(read("metadata"), "unsupported");
}

TEST_F(RepositoryFolder, MayBeMissing) {
  fs::remove_all(at("repository"));

  EXPECT_EQ(read("metadata/timestamp.json"), "missing");
}

TEST_F(RepositoryFolder, FindsAssetsWhateverTheirLength) {
  const Sha256Digest good{{1}};
  const Sha256Digest shorter{{2}};
  const Sha256Digest absent{{3}};
  const Sha256Digest linked{{4}};
  const auto path_of = [](const Sha256Digest& digest) {
    return "repository/targets/assets/" + digest.hex() + "." + digest.hex() + ".jpg";
  };
  put(path_of(good), "12345");
  put(path_of(shorter), "1234");
  fs::create_symlink(at(path_of(good)), at(path_of(linked)));
  Publication publication;
  for (const auto& digest : {good, shorter, absent, linked}) {
    Asset asset;
    asset.file = PublishedFile{digest, 5, "jpg"};
    publication.assets.push_back(asset);
  }

  const AssetPaths paths = RepositoryFiles(at("repository")).find_assets(publication);

  // Whoever opens the shorter one says so: it is not missing.
  EXPECT_EQ(paths, (AssetPaths{{good, at(path_of(good))}, {shorter, at(path_of(shorter))}}));
}

}  // namespace
}  // namespace conglang::player
