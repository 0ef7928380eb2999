#include "player/text/line_cache.h"

#include <gtest/gtest.h>

namespace conglang::player {
namespace {

KeptLine line_of(int width) {
  KeptLine kept;
  kept.line.picture = make_bgra_frame({width, 1}).frame;
  kept.line.width = width;
  return kept;
}

LineKey key(const std::string& text) { return {text, FontFace::regular, 20, 0}; }

TEST(LineCache, ForgetsWhatWasNotAskedForLongest) {
  LineCache cache{12'000};
  cache.put(key("a"), line_of(1000));
  cache.put(key("b"), line_of(1000));
  ASSERT_NE(cache.find(key("a")), nullptr);

  cache.put(key("c"), line_of(1000));

  EXPECT_NE(cache.find(key("a")), nullptr);
  EXPECT_EQ(cache.find(key("b")), nullptr);
  EXPECT_LE(cache.bytes(), 12'000u);
}

TEST(LineCache, TellsStylesApart) {
  LineCache cache{1 << 20};
  cache.put(key("a"), line_of(10));

  LineKey larger = key("a");
  larger.size = 21;
  LineKey red = key("a");
  red.color = 0xff0000ff;

  EXPECT_EQ(cache.find(larger), nullptr);
  EXPECT_EQ(cache.find(red), nullptr);
}

}  // namespace
}  // namespace conglang::player
