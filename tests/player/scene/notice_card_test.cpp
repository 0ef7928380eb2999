#include <gtest/gtest.h>

#include <cstdlib>

#include "player/canvas/cpu/flatten.h"
#include "player/media/png_writer.h"
#include "player/scene/card.h"

namespace conglang::player {
namespace {

constexpr Size kLandscape{1920, 1080}, kPortrait{1080, 1920};

LocalizedText words(const std::string& vi, const std::string& en) { return {vi, {{"en", en}}}; }

NoticeCard correction() {
  NoticeCard card;
  card.label = words("Đính chính", "Correction");
  card.title = words("Ngày mở hội đình Vũ Xá", "The day of the Vũ Xá village festival");
  card.text = words(
      "Hội đình làng Vũ Xá mở vào ngày mùng 10 tháng 3 âm lịch, không phải mùng 8 như đã phát. "
      "Thành thật xin lỗi quý khách.",
      "The Vũ Xá festival opens on the 10th day of the third lunar month, not on the 8th as "
      "shown before. We apologise.");
  return card;
}

NoticeCard urgent() {
  NoticeCard card;
  card.tone = NoticeTone::urgent;
  card.label = words("Thông báo khẩn", "Urgent notice");
  card.title =
      words("Bão số 5: Hội chợ đóng cửa từ 15 giờ", "Typhoon no. 5: fair closes at 3 pm");
  card.text = words("Kính mời quý khách rời khu vực ngoài trời ngay.",
                    "Please leave the open-air area now.");
  return card;
}

NoticeCard enrolment() {
  NoticeCard card;
  card.label = words("Ghi danh màn hình", "Enrol this screen");
  card.title = words("Chờ cán bộ xác nhận", "Waiting for the officer");
  card.code = "K7QF-29XM";
  card.facts = {{words("Số đối chiếu", "Comparison number"), {"4821 0937", {}}},
                {words("Còn hiệu lực", "Still valid"), words("14 phút", "14 minutes")}};
  card.address = "https://office.hoa-phong.example:8443/enrol#K7QF29XM";
  return card;
}

class NoticeCards : public testing::Test {
 protected:
  NoticeCards() : text_(std::move(*TextEngine::create())) {}

  CardPicture compose(const NoticeCard& card, LanguageChoice language, Size size) {
    auto made = compose_card(card, CardStyle{}, language, size, *text_);
    EXPECT_TRUE(made.ok());
    return std::move(*made);
  }

  std::unique_ptr<TextEngine> text_;
};

// With CONGLANG_KEEP_PICTURES=FOLDER they can be looked at.
void keep(const CardPicture& card, const std::string& name) {
  const char* folder = std::getenv("CONGLANG_KEEP_PICTURES");
  if (folder == nullptr) return;
  const auto flat = flatten(card.list);
  ASSERT_TRUE(flat.ok());
  ASSERT_TRUE(write_png(std::string(folder) + "/" + name + ".png", **flat).ok());
}

TEST_F(NoticeCards, FitInEveryShapeAndLanguage) {
  const std::vector<std::pair<std::string, NoticeCard>> cards{
      {"correction", correction()}, {"urgent", urgent()}, {"enrolment", enrolment()}};
  const std::vector<std::pair<std::string, LanguageChoice>> languages{
      {"vi", LanguageChoice::vi}, {"en", LanguageChoice::en}, {"both", LanguageChoice::both}};
  for (const auto& [name, card] : cards) {
    for (const auto& [language, choice] : languages) {
      for (const Size size : {kLandscape, kPortrait, Size{1280, 720}}) {
        const CardPicture made = compose(card, choice, size);

        EXPECT_TRUE(made.issues.empty()) << name << " " << language << " " << size.width;
        keep(made, name + "-" + language + "-" + std::to_string(size.width));
      }
    }
  }
}

Color fill_of(const CardPicture& card, std::size_t index) {
  return std::get<DrawFill>(card.list.commands[index]).color;
}

TEST_F(NoticeCards, AreRedAndYellowAndInBothLanguagesWhenUrgent) {
  const CardPicture made = compose(urgent(), LanguageChoice::vi, kLandscape);

  const Color ground = fill_of(made, 0);
  EXPECT_GT(ground.red, 2 * (ground.green + ground.blue));
  EXPECT_EQ(made.list, compose(urgent(), LanguageChoice::both, kLandscape).list);
  EXPECT_NE(ground, fill_of(compose(correction(), LanguageChoice::vi, kLandscape), 0));
}

TEST_F(NoticeCards, AreMarkedByABandAcrossTheirTop) {
  const CardPicture made = compose(urgent(), LanguageChoice::both, kPortrait);

  const auto& band = std::get<DrawFill>(made.list.commands[1]);
  EXPECT_EQ(band.where.x, 0);
  EXPECT_EQ(band.where.y, 0);
  EXPECT_EQ(band.where.width, kPortrait.width);
}

TEST_F(NoticeCards, SetALongMessageSmallerBeforeTheyCutIt) {
  NoticeCard card = urgent();
  for (int i = 0; i < 14; ++i) card.text->vi += " Xin giữ bình tĩnh và đi theo hướng dẫn.";

  EXPECT_TRUE(compose(card, LanguageChoice::both, kLandscape).issues.empty());
}

TEST_F(NoticeCards, ReportAnAddressThatIsTooLongForACode) {
  NoticeCard card = enrolment();
  card.address = "https://example.com/" + std::string(400, 'a');

  const auto issues = compose(card, LanguageChoice::both, kLandscape).issues;

  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues[0].where, "link");
}

}  // namespace
}  // namespace conglang::player
