#include "player/handoff/sample_ring.h"

#include <gtest/gtest.h>

#include <array>
#include <thread>
#include <vector>

namespace conglang::player {
namespace {

TEST(SampleRing, TakesNoMoreThanItsCapacity) {
  SampleRing ring(5);
  const std::vector<float> samples(20, 0.5F);

  EXPECT_EQ(ring.write(samples), 10U);
  EXPECT_EQ(ring.write(samples), 0U);
  EXPECT_EQ(ring.readable(), 5U);
}

TEST(SampleRing, LeavesAnOddLastSample) {
  SampleRing ring(5);

  EXPECT_EQ(ring.write(std::array{1.0F, 2.0F, 3.0F}), 2U);
  EXPECT_EQ(ring.peek(0), (StereoFrame{1, 2}));
}

TEST(SampleRing, KeepsTheOrderAcrossItsEnd) {
  SampleRing ring(3);
  float next = 0, expected = 0;

  for (int round = 0; round < 10; ++round) {
    while (ring.write(std::array{next, next}) > 0) ++next;
    for (; ring.readable() > 0; ring.skip(1)) EXPECT_EQ(ring.peek(0).left, expected++);
  }

  EXPECT_EQ(expected, 30);
}

TEST(SampleRing, CarriesEverySampleFromOneThreadToAnother) {
  constexpr int kFrames = 50'000;
  SampleRing ring(64);
  std::thread writer([&ring] {
    for (int i = 0; i < kFrames;) {
      const auto value = static_cast<float>(i);
      if (ring.write(std::array{value, -value}) > 0) ++i;
    }
  });
  int wrong = 0;
  for (int i = 0; i < kFrames;) {
    if (ring.readable() == 0) continue;
    wrong += ring.peek(0) == StereoFrame{static_cast<float>(i), static_cast<float>(-i)} ? 0 : 1;
    ring.skip(1);
    ++i;
  }
  writer.join();

  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace conglang::player
