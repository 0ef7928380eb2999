#include "player/scene/card.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "player/canvas/cpu/flatten.h"

namespace conglang::player {
namespace {

constexpr Size kLandscape{1920, 1080}, kPortrait{1080, 1920};

class Cards : public testing::Test {
 protected:
  Cards() : text_(std::move(*TextEngine::create())) {}

  CardPicture compose(const CardContent& content,
                      LanguageChoice language = LanguageChoice::both, Size size = kLandscape) {
    auto made = compose_card(content, CardStyle{}, language, size, *text_);
    EXPECT_TRUE(made.ok());
    return std::move(*made);
  }

  std::unique_ptr<TextEngine> text_;
};

LocalizedText words(const std::string& vi, const std::string& en) { return {vi, {{"en", en}}}; }

EntryCard entry() {
  EntryCard card;
  card.category = words("Di sản", "Heritage");
  card.title = words("Đình làng Vũ Xá", "Vũ Xá communal house");
  card.summary = words("Ngôi đình cổ giữa làng.", "An old communal house in the village.");
  card.facts = {{words("Xếp hạng", "Rank"), words("Cấp tỉnh", "Provincial")}};
  card.place = words("phường Thượng Hồng", "Thượng Hồng ward");
  card.link = "https://hungyentourism.com.vn/dinh";
  card.picture = make_bgra_frame({1600, 1200}, PixelLayout::bgrx).frame;
  return card;
}

std::string repeated(const std::string& word, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += word + " ";
  return text;
}

std::vector<DrawPicture> pictures(const CardPicture& card) {
  std::vector<DrawPicture> found;
  for (const DrawCommand& command : card.list.commands) {
    if (const auto* picture = std::get_if<DrawPicture>(&command)) found.push_back(*picture);
  }
  return found;
}

int tallest_line(const CardPicture& card) {
  int tallest = 0;
  for (const DrawPicture& picture : pictures(card)) {
    if (picture.frame->layout == PixelLayout::bgra)
      tallest = std::max(tallest, picture.where.height);
  }
  return tallest;
}

bool has_issue(const CardPicture& card, CardIssueKind kind, const std::string& where) {
  return std::any_of(card.issues.begin(), card.issues.end(), [&](const CardIssue& issue) {
    return issue.kind == kind && issue.where == where;
  });
}

TEST_F(Cards, FitInEveryShapeAndLanguage) {
  for (const Size size : {kLandscape, kPortrait, Size{1280, 720}, Size{3840, 2160}}) {
    for (const auto language : {LanguageChoice::vi, LanguageChoice::en, LanguageChoice::both}) {
      const CardPicture card = compose(entry(), language, size);

      EXPECT_TRUE(card.issues.empty());
      EXPECT_EQ(card.list.size, size);
      for (const DrawPicture& picture : pictures(card)) {
        const Rect seen = picture.clip.empty() ? picture.where : picture.clip;
        EXPECT_TRUE(whole(size).contains(seen));
      }
    }
  }
}

TEST_F(Cards, ShowTheSamePictureForTheSameContent) {
  const EntryCard content = entry();
  EntryCard without_code = content;
  without_code.link.reset();  // a code is drawn anew each time

  EXPECT_EQ(compose(without_code).list, compose(without_code).list);
}

TEST_F(Cards, ShowMoreLinesInBothLanguagesThanInOne) {
  EXPECT_GT(pictures(compose(entry())).size(),
            pictures(compose(entry(), LanguageChoice::vi)).size());
}

TEST_F(Cards, PutThePictureBesideTheWordsOrAbove) {
  const EntryCard card = entry();
  const auto beside = pictures(compose(card)).front();
  const auto above = pictures(compose(card, LanguageChoice::both, kPortrait)).front();

  EXPECT_EQ(beside.frame, card.picture);
  EXPECT_LT(beside.clip.right(), 1920 / 2);
  EXPECT_EQ(above.clip.width, 1080);
  EXPECT_LT(above.clip.bottom(), 1920 / 2);
}

TEST_F(Cards, CarryAQrCodeOfAtLeast180Pixels) {
  for (const Size size : {kLandscape, kPortrait, Size{1280, 720}}) {
    const auto all = pictures(compose(entry(), LanguageChoice::vi, size));
    const auto code = std::find_if(all.begin(), all.end(), [](const DrawPicture& picture) {
      return picture.frame->layout == PixelLayout::bgrx && picture.clip.empty();
    });

    ASSERT_NE(code, all.end());
    EXPECT_GE(code->where.width, 180);
    EXPECT_EQ(code->where.width, code->where.height);
    EXPECT_EQ(code->where.width, code->frame->size.width);  // whole pixels for each module
  }
}

TEST_F(Cards, ReportALinkThatIsNoHttpsAddress) {
  EntryCard card = entry();
  card.link = "http://example.com";

  EXPECT_TRUE(has_issue(compose(card), CardIssueKind::does_not_fit, "link"));
}

TEST_F(Cards, ShrinkBeforeTheyCut) {
  TextCard card{words("Một tiêu đề", "A title"),
                words(repeated("lời", 100), repeated("word", 40)), nullptr};
  const int tall = tallest_line(compose(card));
  card.text = words(repeated("lời", 190), repeated("word", 50));

  const CardPicture smaller = compose(card);

  EXPECT_TRUE(smaller.issues.empty());
  EXPECT_LT(tallest_line(smaller), tall);
}

TEST_F(Cards, CutAndReportWhatDoesNotFitAtTheSmallestSize) {
  EntryCard card = entry();
  card.summary = words(repeated("lời nói", 300), repeated("words", 300));

  const CardPicture made = compose(card);

  EXPECT_TRUE(has_issue(made, CardIssueKind::does_not_fit, "summary"));
  EXPECT_FALSE(has_issue(made, CardIssueKind::does_not_fit, "title"));
  EXPECT_FALSE(has_issue(made, CardIssueKind::does_not_fit, "card"));
}

TEST_F(Cards, ReportFactsThatAreLeftOut) {
  EntryCard card = entry();
  card.facts.assign(30, card.facts.front());

  EXPECT_TRUE(has_issue(compose(card), CardIssueKind::does_not_fit, "facts"));
}

TEST_F(Cards, NameTheLetterThatNoFontHas) {
  EntryCard card = entry();
  card.title.vi = "Đình 漢";

  const CardPicture made = compose(card);

  ASSERT_EQ(made.issues.size(), 1u);
  EXPECT_EQ(made.issues[0], (CardIssue{CardIssueKind::missing_glyph, "title", "漢"}));
}

TEST_F(Cards, ShowVietnameseUnderANoteWhereEnglishIsMissing) {
  TextCard card{words("Tiêu đề", "Title"), LocalizedText{"Lời bằng tiếng Việt", {}}, nullptr};
  const auto vietnamese = pictures(compose(card, LanguageChoice::vi)).size();

  const auto english = pictures(compose(card, LanguageChoice::en)).size();

  EXPECT_EQ(english, vietnamese + 1);
}

TEST_F(Cards, SetALongTextInTwoColumnsOfAWideCard) {
  const TextCard card{words("Một tiêu đề", "A title"),
                      words(repeated("lời nói", 55), repeated("words", 90)), nullptr};

  const auto all = pictures(compose(card));

  const auto in_right_half = std::count_if(
      all.begin(), all.end(), [](const DrawPicture& line) { return line.where.x > 960; });
  EXPECT_GT(in_right_half, 3);
  const auto stacked = pictures(compose(card, LanguageChoice::both, kPortrait));
  EXPECT_TRUE(std::none_of(stacked.begin(), stacked.end(),
                           [](const DrawPicture& line) { return line.where.x > 540; }));
}

TEST_F(Cards, DarkenABrightPictureUnderTheWords) {
  const WritableFrame white = make_bgra_frame({192, 108}, PixelLayout::bgrx);
  for (int y = 0; y < 108; ++y) std::fill_n(white.pixels + y * white.stride, 192 * 4, 255);
  const TextCard card{words("Tiêu đề", "Title"), {}, white.frame};

  const auto all = pictures(compose(card));

  EXPECT_EQ(all[0].frame, white.frame);
  EXPECT_GT(all[1].where.width, 300);  // the scrim
  const auto flat = flatten(compose(card).list);
  ASSERT_TRUE(flat.ok());
  const Frame& frame = **flat;
  EXPECT_GT(frame.planes[0].bytes[0], 250);  // a corner stays as it is
  const auto* row = frame.planes[0].bytes + std::ptrdiff_t{540} * frame.planes[0].stride;
  int darkest = 255;
  for (int x = 900; x < 1020; ++x) darkest = std::min<int>(darkest, row[x * 4 + 1]);
  EXPECT_LT(darkest, 100);
}

TEST_F(Cards, LeaveADarkPictureAsItIs) {
  const WritableFrame black = make_bgra_frame({192, 108}, PixelLayout::bgrx);
  for (int y = 0; y < 108; ++y) std::fill_n(black.pixels + y * black.stride, 192 * 4, 0);
  const TextCard plain{words("Tiêu đề", "Title"), {}, nullptr};
  TextCard card = plain;
  card.background = black.frame;

  EXPECT_EQ(pictures(compose(card)).size(), pictures(compose(plain)).size() + 1);
}

TEST_F(Cards, FallBackToTheBuiltInCardInBothLanguages) {
  const auto in_one = pictures(compose(BuiltInCard{"Xã Hòa Phong"}, LanguageChoice::vi)).size();

  EXPECT_EQ(in_one, 5u);  // the name, and title and text in two languages
  EXPECT_EQ(pictures(compose(BuiltInCard{""})).size(), 4u);
}

TEST_F(Cards, RefuseASizeThatIsNone) {
  EXPECT_EQ(compose_card(BuiltInCard{}, CardStyle{}, LanguageChoice::vi, {0, 100}, *text_)
                .error()
                .kind,
            ErrorKind::unsupported);
}

}  // namespace
}  // namespace conglang::player
