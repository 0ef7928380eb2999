#include "player/stage/card_preparation.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "player/media/png_writer.h"
#include "player/scene/contrast.h"
#include "playlists/publication/publication_document.h"

namespace conglang::player {
namespace {

namespace fs = std::filesystem;

class CardPreparation : public testing::Test {
 protected:
  CardPreparation() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path{testing::TempDir()} / ("card-preparation-" + std::string{test->name()});
    fs::create_directories(folder_);
  }
  ~CardPreparation() override { fs::remove_all(folder_); }

  HeldFile picture(Size size) {
    const std::string path = (folder_ / "picture.png").string();
    const WritableFrame made = make_bgra_frame(size, PixelLayout::bgrx);
    EXPECT_TRUE(write_png(path, *made.frame).ok());
    return {path, std::nullopt, 0};
  }

  fs::path folder_;
};

ShowEntryCard entry() {
  ShowEntryCard card;
  card.category = {"Di sản", {}};
  card.title = {"Đình làng", {{"en", "Communal house"}}};
  card.summary = {"Tóm tắt", {}};
  card.facts = {{{"Nhãn", {}}, {"Giá trị", {}}, {}}};
  card.place = LocalizedText{"xã Hòa Phong", {}};
  card.link = "https://a.vn/";
  return card;
}

TEST_F(CardPreparation, CarriesTheWordsOfAnEntry) {
  const auto loaded = load_card(entry(), {1920, 1080});

  ASSERT_TRUE(loaded.ok());
  const auto& card = std::get<EntryCard>(*loaded);
  EXPECT_EQ(card.title.in("en"), "Communal house");
  ASSERT_EQ(card.facts.size(), 1u);
  EXPECT_EQ(card.facts[0].value.vi, "Giá trị");
  EXPECT_EQ(card.place->vi, "xã Hòa Phong");
  EXPECT_EQ(card.link, "https://a.vn/");
  EXPECT_EQ(card.picture, nullptr);
}

TEST_F(CardPreparation, CarriesTheWordsOfANotice) {
  const ShowNotice shown{
      {"Đính chính", {{"en", "Correction"}}}, {"Diện tích", {}}, {"Là 120 ha", {}}};

  const auto loaded = load_card(shown, {1920, 1080});

  ASSERT_TRUE(loaded.ok());
  const auto& card = std::get<NoticeCard>(*loaded);
  EXPECT_EQ(card.tone, NoticeTone::calm);
  EXPECT_EQ(card.label.in("en"), "Correction");
  EXPECT_EQ(card.title.vi, "Diện tích");
  EXPECT_EQ(card.text->vi, "Là 120 ha");
}

TEST_F(CardPreparation, ReadsAPictureOnlyAsLargeAsItIsShown) {
  ShowEntryCard shown = entry();
  shown.picture = picture({3000, 3000});

  const auto loaded = load_card(shown, {640, 360});

  ASSERT_TRUE(loaded.ok());
  const FramePtr frame = std::get<EntryCard>(*loaded).picture;
  ASSERT_NE(frame, nullptr);
  EXPECT_LE(frame->size.width, 640);
  EXPECT_GE(frame->size.height, picture_room({640, 360}).height);
}

TEST_F(CardPreparation, ReadsTheBackgroundOfATextCard) {
  const ShowTextCard shown{{"Tiêu đề", {}}, {}, picture({400, 300})};

  const auto loaded = load_card(shown, {320, 180});

  ASSERT_TRUE(loaded.ok());
  EXPECT_NE(std::get<TextCard>(*loaded).background, nullptr);
}

TEST_F(CardPreparation, NamesAPictureThatIsMissing) {
  ShowEntryCard shown = entry();
  shown.picture = HeldFile{(folder_ / "none.png").string(), std::nullopt, 0};

  const auto loaded = load_card(shown, {320, 180});

  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.error().kind, ErrorKind::missing);
  EXPECT_NE(loaded.error().message.find("none.png"), std::string::npos);
}

TEST_F(CardPreparation, TakesTheColoursOfTheTheme) {
  Theme theme;
  theme.accent = {1, 2, 3};

  EXPECT_EQ(card_style(theme).accent, (Color{1, 2, 3, 255}));
}

TEST_F(CardPreparation, ReadsTheSampleCommunesWordsWithEase) {
  std::ostringstream bytes;
  bytes << std::ifstream{std::string{CONGLANG_SOURCE_DIR} +
                         "/playlists/samples/hoa-phong/publication.json"}
               .rdbuf();
  const auto read = PublicationDocument::read(bytes.str());
  ASSERT_TRUE(std::holds_alternative<PublicationDocument>(read));

  const CardStyle style = card_style(std::get<PublicationDocument>(read).publication().theme);

  for (const Color ground : {style.background, style.surface}) {
    for (const Color ink : {style.text, style.text_muted, style.accent}) {
      EXPECT_GE(contrast_ratio(ground, ink), kReadableContrast);
    }
  }
  EXPECT_GE(contrast_ratio(style.accent, style.accent_text), kReadableContrast);
}

}  // namespace
}  // namespace conglang::player
