#include "tests/support/barcode/barcode.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "player/media/still.h"
#include "player/media/video_reader.h"

namespace conglang::player {
namespace {

namespace fs = std::filesystem;

struct Picture {
  explicit Picture(Size shape, std::uint8_t value = 0)
      : size(shape),
        pixels(
            static_cast<std::size_t>(shape.width) * static_cast<std::size_t>(shape.height) * 4,
            value) {}
  std::optional<Barcode> read() const {
    return read_barcode(pixels.data(), size.width * 4, size);
  }
  SeenPicture look() const { return look_at(pixels.data(), size.width * 4, size); }

  Size size;
  std::vector<std::uint8_t> pixels;
};

TEST(Barcode, ComesBackAtEverySizeAsItWasDrawn) {
  for (const Size size : {Size{320, 180}, Size{426, 240}, Size{641, 361}, Size{1920, 1080}}) {
    for (const Barcode code : {Barcode{0, 0}, Barcode{255, 65535}, Barcode{7, 4097}}) {
      Picture picture(size, 90);
      draw_barcode(picture.pixels.data(), size.width * 4, size, code);
      EXPECT_EQ(picture.read(), code);
    }
  }
}

TEST(Barcode, TellsBlackFromOtherPictures) {
  EXPECT_EQ(Picture({320, 180}, 0).look().what, PictureSeen::black);
  EXPECT_EQ(Picture({320, 180}, 16).look().what, PictureSeen::black);
  EXPECT_EQ(Picture({320, 180}, 90).look().what, PictureSeen::other);
  EXPECT_EQ(Picture({320, 180}, 255).look().what, PictureSeen::other);
}

TEST(Barcode, ADamagedCellIsNoBarcode) {
  const Size size{480, 270};
  for (int cell = 0; cell < 24; ++cell) {
    Picture picture(size, 90);
    draw_barcode(picture.pixels.data(), size.width * 4, size, {3, 9});
    for (int y = 0; y < 16; ++y) {
      for (int x = cell * 20; x < cell * 20 + 20; ++x) {
        std::uint8_t* pixel = &picture.pixels.at(static_cast<unsigned>(y * 480 + x) * 4);
        for (int i = 0; i < 3; ++i) pixel[i] = static_cast<std::uint8_t>(255 - pixel[i]);
      }
    }
    EXPECT_EQ(picture.read(), std::nullopt) << cell;
  }
}

// The luma alone carries the strip: enough to read it from a decoder's frame.
std::optional<Barcode> read_luma(const Frame& frame) {
  Picture picture(frame.size);
  for (int y = 0; y < frame.size.height; ++y) {
    for (int x = 0; x < frame.size.width; ++x) {
      const std::uint8_t luma = frame.planes[0].bytes[y * frame.planes[0].stride + x];
      for (int i = 0; i < 3; ++i) {
        picture.pixels[static_cast<unsigned>(y * frame.size.width + x) * 4U +
                       static_cast<unsigned>(i)] = luma;
      }
    }
  }
  return picture.read();
}

TEST(BarcodeClips, EveryFrameOfEveryClipIsReadBackInOrder) {
  int clips = 0;
  for (const auto& entry : fs::directory_iterator(CONGLANG_BARCODE_CLIPS_DIR)) {
    const std::string name = entry.path().filename().string();
    if (name == "made" || name.find("still") != std::string::npos) continue;
    SCOPED_TRACE(name);
    const auto reader = VideoReader::open(entry.path().string(), {});
    ASSERT_TRUE(reader) << reader.error().message;
    const int clip = std::stoi(name.substr(0, 2));
    int frame = 0;
    for (auto next = (*reader)->next_frame(); next && next->has_value();
         next = (*reader)->next_frame(), ++frame) {
      EXPECT_EQ(read_luma(*(*next)->frame), (Barcode{clip, frame}));
    }
    EXPECT_GE(frame, 25);
    ++clips;
  }
  EXPECT_EQ(clips, 7);
}

TEST(BarcodeClips, StillsAreReadBackSmallerAndLarger) {
  for (const Size target : {Size{320, 180}, Size{640, 360}, Size{1920, 1080}}) {
    for (const char* name : {"08-still-720p.png", "09-still-360p.jpg"}) {
      SCOPED_TRACE(name);
      const auto still = read_still(std::string(CONGLANG_BARCODE_CLIPS_DIR) + "/" + name,
                                    {target, StillFit::contain});
      ASSERT_TRUE(still) << still.error().message;
      const Frame& frame = *still->frame;
      EXPECT_EQ(read_barcode(frame.planes[0].bytes, frame.planes[0].stride, frame.size),
                (Barcode{std::atoi(name), 0}));
    }
  }
}

}  // namespace
}  // namespace conglang::player
