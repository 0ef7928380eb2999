#include "player/canvas/cpu/cpu_canvas.h"

#include <gtest/gtest.h>

#include <cstring>

#include "player/canvas/cpu/flatten.h"

namespace conglang::player {
namespace {

constexpr Color kRed{255, 0, 0, 255};
constexpr Color kBlue{0, 0, 255, 255};

FramePtr solid(Size size, Color color, PixelLayout layout = PixelLayout::bgrx) {
  const WritableFrame made = make_bgra_frame(size, layout);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      std::uint8_t* p = made.pixels + y * made.stride + x * 4;
      p[0] = color.blue;
      p[1] = color.green;
      p[2] = color.red;
      p[3] = color.alpha;
    }
  }
  return made.frame;
}

// A limited-range 4:2:0 picture of one colour.
FramePtr solid_yuv(Size size, std::uint8_t y, std::uint8_t u, std::uint8_t v,
                   ColorMatrix matrix) {
  const auto luma =
      static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
  auto pixels = std::make_shared<std::vector<std::uint8_t>>(luma * 2);
  std::memset(pixels->data(), y, luma);
  std::memset(pixels->data() + luma, u, luma / 4);
  std::memset(pixels->data() + luma + luma / 4, v, luma / 4);
  auto frame = std::make_shared<Frame>();
  frame->serial = next_frame_serial();
  frame->layout = PixelLayout::i420;
  frame->size = size;
  frame->matrix = matrix;
  frame->planes = {Plane{pixels->data(), size.width},
                   Plane{pixels->data() + luma, size.width / 2},
                   Plane{pixels->data() + luma + luma / 4, size.width / 2}};
  frame->memory = pixels;
  return frame;
}

Color at(const Frame& frame, int x, int y) {
  const std::uint8_t* p = frame.planes[0].bytes + y * frame.planes[0].stride + x * 4;
  return {p[2], p[1], p[0], 255};
}

void expect_near(Color got, Color wanted, int tolerance) {
  EXPECT_NEAR(got.red, wanted.red, tolerance);
  EXPECT_NEAR(got.green, wanted.green, tolerance);
  EXPECT_NEAR(got.blue, wanted.blue, tolerance);
}

TEST(CpuCanvas, PaintsInOrderOverBlack) {
  const auto picture =
      flatten({{8, 4}, {DrawFill{{0, 0, 4, 4}, kRed}, DrawFill{{2, 0, 4, 4}, kBlue}}});

  ASSERT_TRUE(picture.ok());
  expect_near(at(**picture, 0, 0), kRed, 0);
  expect_near(at(**picture, 3, 3), kBlue, 0);
  expect_near(at(**picture, 7, 0), {0, 0, 0, 255}, 0);
}

TEST(CpuCanvas, ConvertsColoursByTheMatrixOfTheFrame) {
  // Y'CbCr of pure red: BT.709 63 102 240, BT.601 81 90 240 (both limited range).
  for (const auto& frame : {solid_yuv({64, 32}, 63, 102, 240, ColorMatrix::bt709),
                            solid_yuv({64, 32}, 81, 90, 240, ColorMatrix::bt601)}) {
    const auto picture = flatten({{64, 32}, {DrawPicture{frame, {0, 0, 64, 32}, {}, 1}}});

    ASSERT_TRUE(picture.ok());
    expect_near(at(**picture, 10, 10), kRed, 3);
  }
}

TEST(CpuCanvas, ScalesAndClipsAPicture) {
  const auto frame = solid_yuv({64, 32}, 63, 102, 240, ColorMatrix::bt709);

  const auto picture =
      flatten({{40, 40}, {DrawPicture{frame, {-20, 0, 80, 40}, {10, 0, 20, 40}, 1}}});

  ASSERT_TRUE(picture.ok());
  expect_near(at(**picture, 9, 20), {0, 0, 0, 255}, 0);
  expect_near(at(**picture, 10, 20), kRed, 3);
  expect_near(at(**picture, 29, 39), kRed, 3);
  expect_near(at(**picture, 30, 20), {0, 0, 0, 255}, 0);
}

TEST(CpuCanvas, MixesTwoPicturesByOpacity) {
  const Rect all{0, 0, 16, 16};
  const auto picture = flatten({{16, 16},
                                {DrawPicture{solid({16, 16}, kRed), all, {}, 1},
                                 DrawPicture{solid({16, 16}, kBlue), all, {}, 0.25F}}});

  ASSERT_TRUE(picture.ok());
  expect_near(at(**picture, 5, 5), {191, 0, 64, 255}, 2);
}

TEST(CpuCanvas, LaysSeeThroughPicturesOverWhatIsBelow) {
  const Rect all{0, 0, 16, 16};
  const auto glass = solid({16, 16}, {128, 0, 0, 128}, PixelLayout::bgra);  // premultiplied

  const auto once = flatten({{16, 16}, {DrawFill{all, kBlue}, DrawPicture{glass, all, {}, 1}}});
  const auto faded =
      flatten({{16, 16}, {DrawFill{all, kBlue}, DrawPicture{glass, all, {}, 0.5F}}});

  ASSERT_TRUE(once.ok() && faded.ok());
  expect_near(at(**once, 5, 5), {128, 0, 127, 255}, 2);
  expect_near(at(**faded, 5, 5), {64, 0, 191, 255}, 2);
}

TEST(CpuCanvas, TurnsAFrameUpright) {
  const WritableFrame made = make_bgra_frame({4, 2}, PixelLayout::bgrx);
  std::memset(made.pixels, 0, 32);
  made.pixels[2] = 255;  // stored top left is red
  made.frame->turn = Turn::quarter;

  const auto picture = flatten({{2, 4}, {DrawPicture{made.frame, {0, 0, 2, 4}, {}, 1}}});

  ASSERT_TRUE(picture.ok());
  expect_near(at(**picture, 1, 0), kRed, 0);  // clockwise: now top right
}

TEST(CpuCanvas, TurnsTheWholePictureForAScreenOnItsSide) {
  const WritableFrame target = make_bgra_frame({6, 4}, PixelLayout::bgrx);
  CpuCanvas canvas(Turn::quarter);

  const auto damage = canvas.draw({{4, 6}, {DrawFill{{0, 0, 1, 1}, kRed}}},
                                  {target.pixels, target.stride, {6, 4}}, true);

  ASSERT_TRUE(damage.ok());
  expect_near(at(*target.frame, 5, 0), kRed, 0);
}

TEST(CpuCanvas, DrawsOnlyWhatChanged) {
  const WritableFrame target = make_bgra_frame({32, 32}, PixelLayout::bgrx);
  const PixelBuffer buffer{target.pixels, target.stride, {32, 32}};
  CpuCanvas canvas;
  const DrawList before{{32, 32},
                        {DrawFill{{0, 0, 32, 32}, kRed}, DrawFill{{4, 4, 4, 4}, kBlue}}};
  const DrawList after{{32, 32},
                       {DrawFill{{0, 0, 32, 32}, kRed}, DrawFill{{8, 4, 4, 4}, kBlue}}};
  ASSERT_TRUE(canvas.draw(before, buffer, true).ok());

  const auto nothing = canvas.draw(before, buffer, false);
  const auto moved = canvas.draw(after, buffer, false);

  ASSERT_TRUE(nothing.ok() && moved.ok());
  EXPECT_TRUE(nothing->empty());
  EXPECT_EQ(*moved, std::vector<Rect>({{4, 4, 8, 4}}));
  expect_near(at(*target.frame, 5, 5), kRed, 0);
  expect_near(at(*target.frame, 9, 5), kBlue, 0);
}

TEST(CpuCanvas, RefusesAListOfAnotherSize) {
  const WritableFrame target = make_bgra_frame({6, 4}, PixelLayout::bgrx);
  CpuCanvas canvas;

  EXPECT_EQ(
      canvas.draw({{4, 6}, {}}, {target.pixels, target.stride, {6, 4}}, true).error().kind,
      ErrorKind::unsupported);
}

}  // namespace
}  // namespace conglang::player
