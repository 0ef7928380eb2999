#include "player/canvas/damage.h"

#include <gtest/gtest.h>

namespace conglang::player {
namespace {

DrawFill fill(Rect where, std::uint8_t shade = 100) {
  return {where, {shade, shade, shade, 255}};
}

TEST(Damage, IsEmptyBetweenEqualLists) {
  const DrawList list{{100, 100}, {fill({0, 0, 100, 100})}};

  EXPECT_TRUE(damage_between(list, list).empty());
}

TEST(Damage, CoversTheOldAndTheNewPlaceOfWhatMoved) {
  const DrawList before{{100, 100}, {fill({0, 0, 100, 100}), fill({10, 10, 5, 5}, 200)}};
  const DrawList after{{100, 100}, {fill({0, 0, 100, 100}), fill({30, 10, 5, 5}, 200)}};

  EXPECT_EQ(damage_between(before, after), (Rect{10, 10, 25, 5}));
}

TEST(Damage, CoversOnlyWhatWasAddedOnTop) {
  const DrawList before{{100, 100}, {fill({0, 0, 100, 100})}};
  const DrawList after{{100, 100}, {fill({0, 0, 100, 100}), fill({40, 40, 20, 20}, 200)}};

  EXPECT_EQ(damage_between(before, after), (Rect{40, 40, 20, 20}));
  EXPECT_EQ(damage_between(after, before), (Rect{40, 40, 20, 20}));
}

TEST(Damage, IsAllOfThePictureWhenTheSizeChanged) {
  EXPECT_EQ(damage_between({{50, 50}, {}}, {{100, 80}, {}}), (Rect{0, 0, 100, 80}));
}

TEST(Damage, NeverReachesBeyondThePicture) {
  const DrawList after{{100, 100}, {fill({-50, 90, 300, 300})}};

  EXPECT_EQ(damage_between({{100, 100}, {}}, after), (Rect{0, 90, 100, 10}));
}

TEST(Opaque, IsAPictureWithoutAlphaAtFullOpacityOnly) {
  const FramePtr solid = make_bgra_frame({4, 4}, PixelLayout::bgrx).frame;
  const FramePtr glass = make_bgra_frame({4, 4}, PixelLayout::bgra).frame;

  EXPECT_TRUE(is_opaque(DrawPicture{solid, {0, 0, 4, 4}, {}, 1}));
  EXPECT_FALSE(is_opaque(DrawPicture{solid, {0, 0, 4, 4}, {}, 0.5F}));
  EXPECT_FALSE(is_opaque(DrawPicture{glass, {0, 0, 4, 4}, {}, 1}));
}

TEST(Fit, KeepsTheShapeOfThePicture) {
  EXPECT_EQ(fit_inside({400, 300}, {0, 0, 1920, 1080}), (Rect{240, 0, 1440, 1080}));
  EXPECT_EQ(fit_over({400, 300}, {0, 0, 1920, 1080}), (Rect{0, -180, 1920, 1440}));
  EXPECT_EQ(fit_inside({1080, 1920}, {100, 0, 1080, 1080}), (Rect{336, 0, 608, 1080}));
}

TEST(Fit, OfAPictureWithoutSizeIsEmpty) {
  EXPECT_TRUE(fit_inside({0, 10}, {0, 0, 100, 100}).empty());
}

TEST(Frame, IsShownUprightWithSquarePixels) {
  Frame frame;
  frame.size = {720, 576};
  frame.pixel_aspect = 64.0 / 45.0;
  EXPECT_EQ(display_size(frame), (Size{1024, 576}));

  frame.turn = Turn::quarter;
  EXPECT_EQ(display_size(frame), (Size{576, 1024}));
}

TEST(Frame, HasPlanesRoundedUpForOddSizes) {
  EXPECT_EQ(plane_size(PixelLayout::i420, {321, 181}, 1), (Size{161, 91}));
  EXPECT_EQ(plane_size(PixelLayout::nv12, {321, 181}, 1), (Size{322, 91}));
  EXPECT_EQ(plane_size(PixelLayout::bgrx, {321, 181}, 0), (Size{1284, 181}));
}

}  // namespace
}  // namespace conglang::player
