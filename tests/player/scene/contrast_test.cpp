#include "player/scene/contrast.h"

#include <gtest/gtest.h>

#include "player/scene/card.h"

namespace conglang::player {
namespace {

TEST(Contrast, IsThatOfWcag) {
  EXPECT_NEAR(contrast_ratio({0, 0, 0, 255}, {255, 255, 255, 255}), 21, 0.01);
  EXPECT_NEAR(contrast_ratio({0x77, 0x77, 0x77, 255}, {255, 255, 255, 255}), 4.48, 0.01);
  EXPECT_NEAR(contrast_ratio({9, 9, 9, 255}, {9, 9, 9, 255}), 1, 0.001);
}

TEST(Contrast, OfTheDefaultColoursIsReadable) {
  const CardStyle style;
  for (const Color ground : {style.background, style.surface}) {
    for (const Color ink : {style.text, style.text_muted, style.accent}) {
      EXPECT_GE(contrast_ratio(ground, ink), kReadableContrast);
    }
  }
  EXPECT_GE(contrast_ratio(style.accent, style.accent_text), kReadableContrast);
}

TEST(Scrim, IsDenseEnoughAndNoDenser) {
  const Color ground{0x2a, 0x12, 0x0f, 255}, ink{255, 255, 255, 255};
  const Extremes white{{255, 255, 255, 255}, {255, 255, 255, 255}};

  const double opacity = scrim_opacity(ground, ink, white);

  EXPECT_GE(contrast_ratio(ink, blended(ground, opacity, white.brightest)), kReadableContrast);
  EXPECT_LT(contrast_ratio(ink, blended(ground, opacity - 0.05, white.brightest)),
            kReadableContrast);
  EXPECT_EQ(scrim_opacity(ground, ink, {ground, ground}), 0);
}

TEST(Scrim, HelpsDarkWordsToo) {
  const Color ground{250, 245, 230, 255}, ink{20, 10, 10, 255};

  EXPECT_GT(scrim_opacity(ground, ink, {{0, 0, 0, 255}, {255, 255, 255, 255}}), 0.3);
}

TEST(Scrim, LooksAtThePartBelowTheWordsOnly) {
  const WritableFrame half = make_bgra_frame({100, 10}, PixelLayout::bgrx);
  for (int y = 0; y < 10; ++y) {
    for (int x = 0; x < 400; ++x) half.pixels[y * half.stride + x] = x < 200 ? 0 : 255;
  }

  EXPECT_EQ(extremes_of(*half.frame, {0, 0, 50, 10}).brightest, (Color{0, 0, 0, 255}));
  EXPECT_EQ(extremes_of(*half.frame, {0, 0, 100, 10}).brightest, (Color{255, 255, 255, 255}));
}

TEST(Scrim, FadesAtItsEdges) {
  const FramePtr panel = soft_panel({100, 60}, 20, {40, 20, 10, 255}, 0.5);
  const auto alpha = [&](int x, int y) {
    return panel->planes[0].bytes[y * panel->planes[0].stride + x * 4 + 3];
  };

  EXPECT_NEAR(alpha(50, 30), 128, 1);
  EXPECT_LT(alpha(0, 30), 3);
  EXPECT_LT(alpha(50, 59), 3);
  EXPECT_LT(alpha(5, 30), alpha(10, 30));
}

}  // namespace
}  // namespace conglang::player
