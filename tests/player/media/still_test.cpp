#include "player/media/still.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "player/media/png_writer.h"
#include "player/media/probe.h"
#include "player/media/still_decoder.h"

namespace conglang::player {
namespace {

std::string clip(const std::string& name) {
  return std::string(CONGLANG_CLIPS_DIR) + "/" + name;
}

Still read(const std::string& name, Size target, StillFit fit = StillFit::contain) {
  const auto still = read_still(clip(name), {target, fit});
  EXPECT_TRUE(still) << still.error().message;
  return still ? *still : Still{};
}

struct Pixel {
  int red, green, blue, alpha;
};

Pixel pixel(const Frame& frame, int x, int y) {
  const std::uint8_t* at = frame.planes[0].bytes + y * frame.planes[0].stride + x * 4;
  return {at[2], at[1], at[0], at[3]};
}

void expect_color(const Frame& frame, int x, int y, Pixel expected) {
  const Pixel is = pixel(frame, x, y);
  EXPECT_NEAR(is.red, expected.red, 3) << x << "," << y;
  EXPECT_NEAR(is.green, expected.green, 3) << x << "," << y;
  EXPECT_NEAR(is.blue, expected.blue, 3) << x << "," << y;
}

constexpr Pixel kRed{254, 0, 0, 255}, kBlue{0, 0, 254, 255};

TEST(ReadStill, FitsInsideTheTargetOrCoversIt) {
  EXPECT_EQ(read("plain.jpg", {1920, 1080}).frame->size, (Size{1440, 1080}));
  EXPECT_EQ(read("plain.jpg", {300, 300}).frame->size, (Size{300, 225}));
  EXPECT_EQ(read("plain.jpg", {300, 300}, StillFit::cover).frame->size, (Size{300, 300}));
  EXPECT_EQ(read("plain.jpg", {300, 300}).original, (Size{1600, 1200}));
}

// Where each corner half stands upright: source EXIF 2.32, tag 0x0112.
TEST(ReadStill, AppliesEveryTurnOfExif) {
  for (int orientation = 1; orientation <= 8; ++orientation) {
    SCOPED_TRACE(orientation);
    const bool lying = orientation <= 4;
    const Size shape = lying ? Size{160, 80} : Size{80, 160};
    const bool red_first =
        orientation == 1 || orientation == 4 || orientation == 5 || orientation == 6;

    const Still still = read("turned-" + std::to_string(orientation) + ".jpg", shape);

    ASSERT_EQ(still.frame->size, shape);
    EXPECT_EQ(still.original, shape);
    expect_color(*still.frame, 10, 10, red_first ? kRed : kBlue);
    expect_color(*still.frame, shape.width - 10, shape.height - 10, red_first ? kBlue : kRed);
  }
}

TEST(ReadStill, CoverCutsBothSidesAlike) {
  const Still still = read("halves.jpg", {80, 80}, StillFit::cover);

  expect_color(*still.frame, 30, 40, kRed);
  expect_color(*still.frame, 50, 40, kBlue);
}

TEST(ReadStill, GivesAProgressivePictureAtAQuarterTheSamePixels) {
  const Still plain = read("plain.jpg", {400, 300}),
              progressive = read("progressive.jpg", {400, 300});

  std::int64_t difference = 0;
  for (int y = 0; y < 300; ++y) {
    for (int x = 0; x < 400; ++x) {
      difference +=
          std::abs(pixel(*plain.frame, x, y).green - pixel(*progressive.frame, x, y).green);
    }
  }
  EXPECT_LT(static_cast<double>(difference) / (400 * 300), 2);
}

TEST(ReadStill, PremultipliesWhatShinesThrough) {
  const Still still = read("half-red.png", {64, 48});

  EXPECT_EQ(still.frame->layout, PixelLayout::bgra);
  const Pixel is = pixel(*still.frame, 20, 20);
  EXPECT_NEAR(is.alpha, 127, 1);
  EXPECT_NEAR(is.red, 126, 3);
  EXPECT_EQ(is.green, 0);
}

TEST(ReadStill, ReadsDeepRareAndFirstPictures) {
  expect_color(*read("sixteen-bit.png", {64, 48}).frame, 9, 9, {0x33, 0x66, 0xCC, 255});
  expect_color(*read("green.webp", {64, 48}).frame, 9, 9, {0, 128, 0, 255});
  expect_color(*read("single.gif", {64, 48}).frame, 9, 9, kBlue);
  expect_color(*read("moving.gif", {64, 48}).frame, 9, 9, kRed);
  const Pixel cmyk = pixel(*read("cmyk.jpg", {64, 48}).frame, 9, 9);
  EXPECT_NEAR(cmyk.red, 0x33, 12);
  EXPECT_NEAR(cmyk.blue, 0xCC, 12);
}

TEST(ReadStill, IsOpaqueWhenNothingShinesThrough) {
  EXPECT_EQ(read("green.webp", {64, 48}).frame->layout, PixelLayout::bgrx);
  EXPECT_EQ(read("single.gif", {64, 48}).frame->layout, PixelLayout::bgrx);
}

TEST(ReadStill, NamesWhatIsWrongWithAFile) {
  const auto kind = [](const std::string& name) {
    const auto still = read_still(clip(name), {{100, 100}, StillFit::contain});
    EXPECT_FALSE(still) << name;
    return still ? ErrorKind::conflict : still.error().kind;
  };

  EXPECT_EQ(kind("not-there.jpg"), ErrorKind::missing);
  EXPECT_EQ(kind("empty.mp4"), ErrorKind::malformed);
  EXPECT_EQ(kind("garbage.mp4"), ErrorKind::unsupported);
  EXPECT_EQ(kind("huge-claim.jpg"), ErrorKind::too_large);
}

TEST(HalvingsFor, NeverGoBelowWhatIsNeeded) {
  EXPECT_EQ(halvings_for({6000, 4000}, {1920, 1080}), 1);
  EXPECT_EQ(halvings_for({8160, 6144}, {1920, 1080}), 2);
  EXPECT_EQ(halvings_for({3840, 2160}, {1920, 1080}), 1);
  EXPECT_EQ(halvings_for({3838, 2160}, {1920, 1080}), 0);
  EXPECT_EQ(halvings_for({60000, 60000}, {10, 10}), 3);
}

TEST(ProbeKind, LooksAtTheContentNotAtTheName) {
  EXPECT_EQ(*probe_kind(clip("plain.jpg")), MediaKind::still);
  EXPECT_EQ(*probe_kind(clip("half-red.png")), MediaKind::still);
  EXPECT_EQ(*probe_kind(clip("green.webp")), MediaKind::still);
  EXPECT_EQ(*probe_kind(clip("single.gif")), MediaKind::still);
  EXPECT_EQ(*probe_kind(clip("moving.gif")), MediaKind::video);
  EXPECT_EQ(*probe_kind(clip("h264-aac.mp4")), MediaKind::video);
  EXPECT_EQ(*probe_kind(clip("h264-aac.ts")), MediaKind::video);
  EXPECT_EQ(*probe_kind(clip("vp9-opus.webm")), MediaKind::video);
  EXPECT_EQ(*probe_kind(clip("mpeg4.avi")), MediaKind::video);
  EXPECT_EQ(probe_kind(clip("garbage.mp4")).error().kind, ErrorKind::unsupported);
  EXPECT_EQ(probe_kind(clip("playlist.mp4")).error().kind, ErrorKind::unsupported);
  EXPECT_EQ(probe_kind(clip("empty.mp4")).error().kind, ErrorKind::malformed);
  EXPECT_EQ(probe_kind(clip("nowhere")).error().kind, ErrorKind::missing);
}

TEST(WritePng, ComesBackAsItWas) {
  const WritableFrame made = make_bgra_frame({33, 17}, PixelLayout::bgrx);
  for (int i = 0; i < 33 * 17 * 4; ++i) made.pixels[i] = static_cast<std::uint8_t>(i * 7);
  const std::string path = testing::TempDir() + "conglang-write-png.png";

  ASSERT_TRUE(write_png(path, *made.frame));
  const auto back = read_still(path, {{33, 17}, StillFit::contain});

  ASSERT_TRUE(back);
  for (int y = 0; y < 17; ++y) {
    for (int x = 0; x < 33; ++x) {
      EXPECT_EQ(pixel(*back->frame, x, y).red, pixel(*made.frame, x, y).red);
      EXPECT_EQ(pixel(*back->frame, x, y).blue, pixel(*made.frame, x, y).blue);
    }
  }
  std::remove(path.c_str());
}

TEST(WritePng, SaysWhereItCouldNotWrite) {
  const Status written = write_png("/no-such-folder/a.png", *make_bgra_frame({2, 2}).frame);

  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::storage);
}

}  // namespace
}  // namespace conglang::player
