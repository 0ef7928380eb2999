#include "player/scene/layout.h"

#include <gtest/gtest.h>

#include "player/scene/qr_code.h"

namespace conglang::player {
namespace {

constexpr Color kInk{255, 255, 255, 255};

class Layouts : public testing::Test {
 protected:
  Layouts() : text_(std::move(*TextEngine::create())) {}

  LaidOut lay_out(const Node& root, const Rect& room) {
    auto made = lay_out_scene(root, room, *text_);
    EXPECT_TRUE(made.ok());
    return std::move(*made);
  }

  std::vector<Rect> fills(const Node& root, const Rect& room) {
    std::vector<Rect> found;
    for (const DrawCommand& command : lay_out(root, room).commands) {
      if (const auto* fill = std::get_if<DrawFill>(&command)) found.push_back(fill->where);
    }
    return found;
  }

  std::unique_ptr<TextEngine> text_;
};

using Rects = std::vector<Rect>;

Node growing(int grow) {
  Node node = spacer(grow);
  node.fill = kInk;
  return node;
}

Node words_node(const std::string& text, int size) {
  Node node;
  node.content = Words{text, {FontFace::regular, size, kInk}, false, 0, Align::start, "text"};
  return node;
}

TEST_F(Layouts, StackAColumnWithItsGaps) {
  EXPECT_EQ(fills(column(5, {block(0, 10, kInk), block(0, 20, kInk)}), {0, 0, 100, 100}),
            (Rects{{0, 0, 100, 10}, {0, 15, 100, 20}}));
}

TEST_F(Layouts, ShareWhatIsLeftByGrowth) {
  EXPECT_EQ(fills(row(10, {block(20, 0, kInk), growing(1), growing(2)}), {0, 0, 100, 10}),
            (Rects{{0, 0, 20, 10}, {30, 0, 20, 10}, {60, 0, 40, 10}}));
}

TEST_F(Layouts, KeepThePaddingFree) {
  Node padded = column(0, {growing(1)});
  padded.padding = {1, 2, 3, 4};

  EXPECT_EQ(fills(padded, {10, 10, 50, 50}), (Rects{{11, 12, 46, 44}}));
}

TEST_F(Layouts, CentreAcross) {
  EXPECT_EQ(fills(row(0, {block(10, 20, kInk)}, Align::center), {0, 0, 100, 100}),
            (Rects{{0, 40, 10, 20}}));
  EXPECT_EQ(fills(column(0, {block(10, 20, kInk)}, Align::end), {0, 0, 100, 100}),
            (Rects{{90, 0, 10, 20}}));
}

TEST_F(Layouts, SayWhenThereIsTooLittleRoom) {
  const Node tall = column(5, {block(0, 60, kInk), block(0, 60, kInk)});

  EXPECT_TRUE(lay_out(tall, {0, 0, 100, 124}).overflows);
  EXPECT_FALSE(lay_out(tall, {0, 0, 100, 125}).overflows);
}

TEST_F(Layouts, StandTheFirstLinesOfARowOnOneBaseline) {
  Node row_of_words = row(10, {words_node("E", 60), words_node("E", 30)}, Align::baseline);

  const LaidOut made = lay_out(row_of_words, {0, 0, 500, 200});

  ASSERT_EQ(made.commands.size(), 2u);
  EXPECT_EQ(std::get<DrawPicture>(made.commands[0]).where.bottom(),
            std::get<DrawPicture>(made.commands[1]).where.bottom());
}

TEST_F(Layouts, NameWordsThatAreCut) {
  Node node = words_node("một hai ba bốn năm sáu", 40);
  std::get<Words>(node.content).max_lines = 1;

  EXPECT_EQ(lay_out(node, {0, 0, 200, 100}).cut, std::vector<std::string>{"text"});
}

TEST_F(Layouts, HandOnTheErrorOfTheText) {
  EXPECT_FALSE(lay_out_scene(words_node("\xff", 40), {0, 0, 100, 100}, *text_).ok());
}

TEST(QrCode, HasAQuietZoneOfFourModulesAndWholeModules) {
  const auto code = draw_qr_code("https://hungyentourism.com.vn/", 180);
  ASSERT_TRUE(code.ok());
  const Frame& frame = **code;
  const auto dark = [&](int x, int y) {
    return frame.planes[0].bytes[y * frame.planes[0].stride + x * 4] == 0;
  };
  int first = 0;
  while (!dark(first, first)) ++first;
  int finder = first;
  while (dark(finder, first)) ++finder;

  EXPECT_GE(frame.size.width, 180);
  EXPECT_EQ((finder - first) % 7, 0);  // the upper edge of the first finder: seven modules
  EXPECT_EQ(first, (finder - first) / 7 * 4);
}

TEST(QrCode, RefusesAnAddressThatIsTooLong) {
  EXPECT_EQ(draw_qr_code("https://a/" + std::string(300, 'b'), 180).error().kind,
            ErrorKind::too_large);
}

TEST(QrCode, NamesTheDomain) {
  EXPECT_EQ(domain_of("https://hungyentourism.com.vn/a?b"), "hungyentourism.com.vn");
  EXPECT_EQ(domain_of("https://a.vn"), "a.vn");
  EXPECT_EQ(domain_of("http://a.vn"), "");
}

}  // namespace
}  // namespace conglang::player
