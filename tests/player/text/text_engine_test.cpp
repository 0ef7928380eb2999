#include "player/text/text_engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace conglang::player {
namespace {

const std::string kMarks = "ế ỗ ữ ặ ỡ Ậ Ễ";
const std::string kMarksDecomposed =
    "e\xCC\x82\xCC\x81 o\xCC\x82\xCC\x83 u\xCC\x9B\xCC\x83 a\xCC\xA3\xCC\x86 "
    "o\xCC\x9B\xCC\x83 A\xCC\xA3\xCC\x82 E\xCC\x82\xCC\x83";

std::unique_ptr<TextEngine> engine() {
  auto made = TextEngine::create();
  EXPECT_TRUE(made.ok());
  return std::move(*made);
}

TextStyle style(int size, FontFace face = FontFace::regular) {
  return {face, size, Color{255, 255, 255, 255}};
}

// A line in grey on its whole line height, as it stands in a paragraph.
struct Grey {
  int width = 0, height = 0;
  std::vector<int> pixels;
};

void put(Grey& grey, const TextLine& line, int baseline) {
  for (int y = 0; y < line.ink.height; ++y) {
    const auto* row = line.picture->planes[0].bytes +
                      static_cast<std::ptrdiff_t>(y) * line.picture->planes[0].stride;
    for (int x = 0; x < line.ink.width; ++x) {
      const int column = line.ink.x + x, at = baseline + line.ink.y + y;
      if (column < 0 || column >= grey.width || at < 0 || at >= grey.height) continue;
      grey.pixels[static_cast<std::size_t>(at * grey.width + column)] = row[x * 4 + 3];
    }
  }
}

Grey grey_of(const TextLine& line, const TextStyle& style) {
  Grey grey{line.width + 4, line_height(style), {}};
  grey.pixels.resize(static_cast<std::size_t>(grey.width * grey.height));
  put(grey, line, baseline_offset(style));
  return grey;
}

std::string golden_path(const std::string& name) {
  return std::string{CONGLANG_SOURCE_DIR} + "/tests/vectors/text/" + name + ".pgm";
}

void write_pgm(const std::string& path, const Grey& grey) {
  std::ofstream file{path, std::ios::binary};
  file << "P5\n" << grey.width << " " << grey.height << "\n255\n";
  for (const int pixel : grey.pixels) file.put(static_cast<char>(pixel));
}

Grey read_pgm(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  std::string magic;
  int most = 0;
  Grey grey;
  file >> magic >> grey.width >> grey.height >> most;
  file.get();
  for (int i = 0; i < grey.width * grey.height; ++i) grey.pixels.push_back(file.get());
  return grey;
}

// The mean difference of a pixel that has ink in either picture, of 255.
double difference(const Grey& a, const Grey& b) {
  double sum = 0, inked = 1;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) {
    sum += std::abs(a.pixels[i] - b.pixels[i]);
    inked += a.pixels[i] > 0 || b.pixels[i] > 0 ? 1 : 0;
  }
  return sum / inked;
}

TextLine only_line(TextEngine& engine, const std::string& text, const TextStyle& style) {
  auto made = engine.lay_out(text, style, {4000, 0, false});
  EXPECT_TRUE(made.ok());
  EXPECT_EQ(made->lines.size(), 1u);
  return made->lines.front();
}

bool equal_pixels(const Frame& a, const Frame& b) {
  if (a.size != b.size) return false;
  for (int y = 0; y < a.size.height; ++y) {
    const auto* one = a.planes[0].bytes + static_cast<std::ptrdiff_t>(y) * a.planes[0].stride;
    const auto* other = b.planes[0].bytes + static_cast<std::ptrdiff_t>(y) * b.planes[0].stride;
    if (!std::equal(one, one + static_cast<std::ptrdiff_t>(a.size.width) * 4, other))
      return false;
  }
  return true;
}

// CONGLANG_WRITE_GOLDENS=1 writes the pictures anew, for a person to look at.
class StackedMarks : public testing::TestWithParam<int> {};

TEST_P(StackedMarks, LookAsInTheGoldenPicture) {
  const TextStyle in = style(GetParam());
  const Grey drawn = grey_of(only_line(*engine(), kMarks, in), in);
  const std::string path = golden_path("marks-" + std::to_string(GetParam()));
  if (std::getenv("CONGLANG_WRITE_GOLDENS") != nullptr) write_pgm(path, drawn);

  const Grey golden = read_pgm(path);

  ASSERT_EQ(golden.width, drawn.width);
  ASSERT_EQ(golden.height, drawn.height);
  EXPECT_LT(difference(golden, drawn), 12);  // another FreeType rounds edges differently
}

TEST_P(StackedMarks, StayInsideTheirLine) {
  const auto texts = engine();
  for (const FontFace face : {FontFace::regular, FontFace::bold, FontFace::title}) {
    const TextStyle in = style(GetParam(), face);
    const TextLine line = only_line(*texts, kMarks + " ẪẾỘỮỸ ậệợựỵ gjpqy", in);

    EXPECT_GE(baseline_offset(in) + line.ink.y, 0);
    EXPECT_LE(baseline_offset(in) + line.ink.bottom(), line_height(in));
    EXPECT_EQ(line.ink.height, line.picture->size.height);
  }
}

TEST_P(StackedMarks, ReachTheirFullHeight) {
  const auto texts = engine();
  const TextStyle in = style(GetParam());

  const TextLine plain = only_line(*texts, "E", in), marked = only_line(*texts, "Ễ", in),
                 below = only_line(*texts, "Ậ", in);

  EXPECT_LT(marked.ink.y, plain.ink.y - GetParam() / 4);  // two marks above, not cut
  EXPECT_GT(below.ink.bottom(), plain.ink.bottom() + GetParam() / 10);
}

TEST_P(StackedMarks, AreTheSameComposedAndDecomposed) {
  const auto texts = engine();

  const TextLine composed = only_line(*texts, kMarks, style(GetParam()));
  const TextLine decomposed = only_line(*engine(), kMarksDecomposed, style(GetParam()));

  EXPECT_EQ(composed.ink, decomposed.ink);
  EXPECT_TRUE(equal_pixels(*composed.picture, *decomposed.picture));
}

INSTANTIATE_TEST_SUITE_P(Sizes, StackedMarks, testing::Values(20, 36, 72));

TEST(TextEngine, DrawsALineOnce) {
  const auto texts = engine();
  const auto first = texts->lay_out("Chào mừng quý khách đến làng", style(30), {200, 0, false});
  const auto drawn = texts->cache_facts().drawn;

  const auto second =
      texts->lay_out("Chào mừng quý khách đến làng", style(30), {200, 0, false});

  EXPECT_GT(drawn, 1u);
  EXPECT_EQ(texts->cache_facts().drawn, drawn);
  ASSERT_EQ(first->lines.size(), second->lines.size());
  EXPECT_EQ(first->lines[1].picture, second->lines[1].picture);
}

TEST(TextEngine, KeepsNoMoreThan32Megabytes) {
  const auto texts = engine();
  for (int i = 0; i < 60; ++i) {
    ASSERT_TRUE(
        texts->lay_out("Làng nghề " + std::to_string(i), style(300), {8000, 0, false}).ok());
  }

  EXPECT_LE(texts->cache_facts().bytes, 32u << 20);
  EXPECT_LT(texts->cache_facts().lines, 60u);
}

TEST(TextEngine, TakesFromAnotherFontWhatTheFirstLacks) {
  const auto made = engine()->lay_out("Năm sao ★★★★★", style(30), {2000, 0, false});

  EXPECT_TRUE(made->missing.empty());
}

TEST(TextEngine, NamesEachLetterThatNoFontHasOnce) {
  const auto made = engine()->lay_out("Hòa 漢 漢 Phong", style(30), {2000, 0, false});

  EXPECT_EQ(made->missing, std::vector<std::string>{"漢"});
}

TEST(TextEngine, PremultipliesTheColour) {
  TextStyle half = style(40);
  half.color = {200, 100, 0, 128};
  const TextLine line = only_line(*engine(), "Ă", half);
  int most = 0;

  for (int y = 0; y < line.ink.height; ++y) {
    const auto* row = line.picture->planes[0].bytes +
                      static_cast<std::ptrdiff_t>(y) * line.picture->planes[0].stride;
    for (int x = 0; x < line.ink.width; ++x) {
      EXPECT_LE(row[x * 4 + 2], row[x * 4 + 3]);
      most = std::max<int>(most, row[x * 4 + 3]);
    }
  }

  EXPECT_EQ(most, 128);
}

TEST(TextEngine, NamesTheFontThatIsMissing) {
  const auto made = TextEngine::create("/nowhere");

  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().kind, ErrorKind::missing);
  EXPECT_NE(made.error().message.find("/nowhere/NotoSans-Regular.ttf"), std::string::npos);
}

TEST(TextEngine, RefusesWhatIsTooMuchOrNoText) {
  const auto texts = engine();

  EXPECT_EQ(texts->lay_out(std::string(20'001, 'a'), style(30), {100, 0, false}).error().kind,
            ErrorKind::too_large);
  EXPECT_EQ(texts->lay_out("a", style(601), {100, 0, false}).error().kind,
            ErrorKind::too_large);
  EXPECT_EQ(texts->lay_out("a", style(30), {0, 0, false}).error().kind, ErrorKind::too_large);
  EXPECT_EQ(texts->lay_out("\xff", style(30), {100, 0, false}).error().kind,
            ErrorKind::malformed);
}

TEST(TextEngine, LeavesRoomBetweenLinesForStackedMarks) {
  for (const int size : {6, 26, 35, 36, 72, 600}) {
    for (const FontFace face : {FontFace::regular, FontFace::bold, FontFace::title}) {
      EXPECT_GE(line_height(style(size, face)) * 100, size * 135);
    }
  }
}

}  // namespace
}  // namespace conglang::player
