#include "player/app/render_command.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "player/media/still.h"
#include "playlists/base/json.h"

namespace conglang::player {
namespace {

namespace fs = std::filesystem;

class Render : public testing::Test {
 protected:
  Render() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path{testing::TempDir()} / ("render-" + std::string{test->name()});
    fs::create_directories(folder_);
    options_.publication =
        std::string{CONGLANG_SOURCE_DIR} + "/playlists/samples/hoa-phong/publication.json";
    options_.size = {640, 360};
    options_.out = (folder_ / "out.png").string();
  }
  ~Render() override { fs::remove_all(folder_); }

  int run() { return run_render(options_, out_, err_); }

  fs::path folder_;
  RenderOptions options_;
  std::ostringstream out_, err_;
};

TEST_F(Render, DrawsACardAndReportsThatAllOfItFits) {
  options_.item = "text-chao-mung";

  EXPECT_EQ(run(), 0) << err_.str();

  const auto picture = read_still(options_.out, {{640, 360}, StillFit::contain});
  ASSERT_TRUE(picture.ok());
  EXPECT_EQ(picture->original, (Size{640, 360}));
  const auto report = parse_json(out_.str());
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(*report->find("item")->string(), "text-chao-mung");
  EXPECT_EQ(*report->find("language")->string(), "both");
  EXPECT_EQ(*report->find("size")->string(), "640x360");
  EXPECT_TRUE(report->find("issues")->array()->empty());
}

TEST_F(Render, DrawsAnEntryByItsOwnId) {
  options_.item = "pho-hien";

  EXPECT_EQ(run(), 0) << err_.str();
  EXPECT_TRUE(fs::exists(options_.out));
}

TEST_F(Render, NamesAnItemThatIsNotThere) {
  options_.item = "nobody";

  EXPECT_EQ(run(), 1);

  EXPECT_NE(err_.str().find("missing: item nobody"), std::string::npos);
  EXPECT_TRUE(out_.str().empty());
  EXPECT_FALSE(fs::exists(options_.out));
}

TEST_F(Render, NamesAPublicationThatCannotBeRead) {
  options_.publication = (folder_ / "none.json").string();

  EXPECT_EQ(run(), 1);

  EXPECT_NE(err_.str().find("none.json"), std::string::npos);
}

}  // namespace
}  // namespace conglang::player
