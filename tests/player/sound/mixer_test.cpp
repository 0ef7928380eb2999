#include "player/sound/mixer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <new>
#include <vector>

namespace {
std::atomic<long> allocations{0};
}

// Not inlined, or GCC takes free() for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  ++allocations;
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept {
  ++allocations;
  std::free(memory);
}

namespace conglang::player {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr MonotonicTime kStart{std::chrono::hours{1}};
constexpr std::size_t kBlock = 480;

nanoseconds time_of(std::int64_t frames) {
  return nanoseconds(frames * 1'000'000'000 / kSoundRate);
}

std::vector<float> constant(std::size_t frames, float value) {
  return std::vector<float>(frames * 2, value);
}

// 1, 2, 3 ... (scaled down) on the left, so that a sample tells its place.
std::vector<float> counting(std::size_t frames, std::size_t from = 0) {
  std::vector<float> samples;
  for (std::size_t i = 0; i < frames; ++i) {
    const float value = static_cast<float>(from + i + 1) / 65536.0F;
    samples.insert(samples.end(), {value, value});
  }
  return samples;
}

// A device whose clock agrees with the timeline.
struct Desk {
  Mixer mixer;
  MonotonicTime now = kStart;

  std::vector<StereoFrame> mix(std::size_t frames = kBlock) {
    std::vector<StereoFrame> out(frames);
    mixer.mix(out, now);
    now += time_of(static_cast<std::int64_t>(frames));
    return out;
  }
};

std::shared_ptr<SoundSource> add(Desk& desk, std::span<const float> samples, double gain = 1) {
  auto source = std::make_shared<SoundSource>(gain);
  source->write(samples);
  EXPECT_TRUE(desk.mixer.add(source));
  return source;
}

float largest_step(std::span<const StereoFrame> sound) {
  float step = 0;
  for (std::size_t i = 1; i < sound.size(); ++i) {
    step = std::max(step, std::fabs(sound[i].left - sound[i - 1].left));
  }
  return step;
}

TEST(Mixer, StartsASourceOnTheVerySample) {
  Desk desk;
  const auto source = add(desk, counting(2000));
  source->start_at(kStart + time_of(700));

  const auto first = desk.mix(), second = desk.mix();

  for (const StereoFrame& frame : first) EXPECT_EQ(frame.left, 0);
  EXPECT_EQ(second[219].left, 0);
  EXPECT_EQ(second[220].left, 1 / 65536.0F);
  EXPECT_EQ(second[479].left, 260 / 65536.0F);
}

TEST(Mixer, SkipsWhatShouldHaveBeenHeardBeforeALateStart) {
  Desk desk;
  const auto source = add(desk, counting(2000));
  source->start_at(kStart - time_of(100));

  EXPECT_EQ(desk.mix()[0].left, 101 / 65536.0F);
}

TEST(Mixer, IsSilentBeforeAnybodyStartsIt) {
  Desk desk;
  const auto source = add(desk, constant(2000, 0.5F));

  for (const StereoFrame& frame : desk.mix()) EXPECT_EQ(frame, StereoFrame{});
  EXPECT_FALSE(source->finished());
}

TEST(Mixer, UnderflowIsSilenceIsCountedAndKeepsTheTime) {
  Desk desk;
  const auto source = add(desk, counting(480));
  source->start_at(kStart);
  desk.mix();

  const auto hole = desk.mix(), more_hole = desk.mix();
  source->write(counting(4000, 480));
  desk.mix();
  const auto after = desk.mix();

  EXPECT_EQ(source->counters().missing, 960U);
  EXPECT_LT(std::fabs(hole.back().left), 1e-3F);
  EXPECT_EQ(more_hole.back().left, 0);
  EXPECT_NEAR(after[479].left, (5 * 480) / 65536.0F, 1e-6F);
}

TEST(Mixer, NeitherUnderflowNorStopNorFadeClicks) {
  Desk desk;
  const auto source = add(desk, constant(4800, 0.5F));
  source->start_at(kStart);
  std::vector<StereoFrame> heard;
  const auto listen = [&](int blocks) {
    for (int i = 0; i < blocks; ++i) {
      const auto block = desk.mix();
      heard.insert(heard.end(), block.begin(), block.end());
    }
  };

  listen(12);  // runs dry after 10
  source->write(constant(9600, 0.5F));
  listen(3);
  source->fade({desk.now, nanoseconds{0}, 0.1});
  listen(3);
  source->fade({desk.now, milliseconds{20}, 1});
  listen(3);
  source->stop();
  listen(3);

  EXPECT_TRUE(source->finished());
  EXPECT_LT(largest_step(heard), 0.01F);
}

TEST(Mixer, CrossfadesWithConstantPower) {
  Desk desk;
  const auto old_one = add(desk, constant(9600, 0.5F));
  const auto new_one = add(desk, constant(9600, 0.5F), 0);
  old_one->start_at(kStart);
  new_one->start_at(kStart);
  old_one->fade({kStart, milliseconds{100}, 0});
  new_one->fade({kStart, milliseconds{100}, 1});

  const auto sound = desk.mix(4800);

  // Equal signals add up as amplitudes: 0.5 (sin + cos), highest in the middle.
  EXPECT_NEAR(sound[2400].left, 0.5 * std::sqrt(2.0), 1e-3);
  EXPECT_NEAR(sound[4799].left, 0.5, 1e-3);
}

TEST(Mixer, BendsWhatIsTooLoud) {
  Desk desk;
  for (int i = 0; i < 4; ++i) add(desk, constant(960, 0.9F))->start_at(kStart);

  for (const StereoFrame& frame : desk.mix()) {
    EXPECT_GT(frame.left, 0.9F);
    EXPECT_LE(frame.left, 1.0F);
  }
}

TEST(Mixer, PlaysTheRestAfterTheEndThenFinishesAndIsCollected) {
  Desk desk;
  const auto source = add(desk, counting(600));
  source->start_at(kStart);
  source->end();

  desk.mix();
  EXPECT_FALSE(source->finished());
  desk.mix(2000);
  EXPECT_TRUE(source->finished());
  EXPECT_EQ(source->counters().missing, 0U);
  EXPECT_EQ(source->counters().heard, 600U);
  desk.mixer.collect();
  EXPECT_EQ(desk.mixer.held(), 0U);
  EXPECT_EQ(source.use_count(), 1);
}

TEST(Mixer, LetsGoOfASourceThatNobodyElseWants) {
  Desk desk;
  add(desk, constant(9600, 0.5F)).reset();

  desk.mixer.collect();
  desk.mix();
  desk.mixer.collect();

  EXPECT_EQ(desk.mixer.held(), 0U);
}

TEST(Mixer, RefusesMoreSourcesThanItHasPlaces) {
  Mixer mixer;
  for (std::size_t i = 0; i < kMixerSlots; ++i) {
    EXPECT_TRUE(mixer.add(std::make_shared<SoundSource>()));
  }

  EXPECT_EQ(mixer.add(std::make_shared<SoundSource>()).error().kind, ErrorKind::conflict);
}

TEST(Mixer, TakesAndFreesNoMemoryWhileMixing) {
  Desk desk;
  const auto source = add(desk, constant(9600, 0.5F));
  source->start_at(kStart);
  source->fade({kStart, milliseconds{50}, 0.5});
  std::vector<StereoFrame> out(kBlock);
  const long before = allocations;

  for (int i = 0; i < 40; ++i) desk.mixer.mix(out, kStart + time_of(i * 480));
  source->stop();
  for (int i = 40; i < 45; ++i) desk.mixer.mix(out, kStart + time_of(i * 480));

  EXPECT_TRUE(source->finished());
  EXPECT_EQ(allocations, before);
}

// On a device whose clock is wrong by `parts_per_million`: the greatest distance between
// what is heard and what should be, from the second minute on.
nanoseconds worst_distance(int parts_per_million, std::chrono::minutes length) {
  Mixer mixer;
  const auto source = std::make_shared<SoundSource>();
  EXPECT_TRUE(mixer.add(source));
  source->start_at(kStart);
  std::vector<StereoFrame> out(1024);
  const nanoseconds block = time_of(1024);
  const nanoseconds true_block = block + block * parts_per_million / 1'000'000;
  const std::vector<float> chunk = constant(2048, 0.1F);
  MonotonicTime heard_at = kStart;
  nanoseconds worst{};
  for (; heard_at < kStart + length; heard_at += true_block) {
    while (source->write(chunk) == chunk.size()) {
    }
    mixer.mix(out, heard_at);
    if (heard_at > kStart + std::chrono::minutes{2}) {
      worst = std::max(worst, std::chrono::abs(source->distance()));
    }
  }
  EXPECT_EQ(source->counters().resyncs, 0U);
  EXPECT_EQ(source->counters().missing, 0U);
  return worst;
}

TEST(SoundSource, StaysWithTheTimelineForAnHourOnAWrongClock) {
  EXPECT_LT(worst_distance(200, std::chrono::minutes{60}), milliseconds{5});
}

TEST(SoundSource, StaysWithTheTimelineOnAnyDeviceThatIsSold) {
  EXPECT_LT(worst_distance(0, std::chrono::minutes{5}), milliseconds{1});
  EXPECT_LT(worst_distance(-1000, std::chrono::minutes{5}), milliseconds{15});
}

TEST(SoundSource, JumpsAfterTheTimelineHasMovedFar) {
  Desk desk;
  const auto source = add(desk, counting(19200));
  source->start_at(kStart);
  desk.mix();

  source->start_at(kStart - milliseconds{200});
  std::vector<StereoFrame> heard;
  for (int i = 0; i < 4; ++i) heard = desk.mix();

  EXPECT_EQ(source->counters().resyncs, 1U);
  EXPECT_NEAR(heard.back().left, (5 * 480 + 9600) / 65536.0F, 2 / 65536.0F);
}

TEST(SoundSource, WaitsInSilenceWhenTheTimelineMovedBack) {
  Desk desk;
  const auto source = add(desk, counting(19200));
  source->start_at(kStart);
  desk.mix();

  source->start_at(kStart + milliseconds{200});
  std::vector<StereoFrame> heard;
  for (int i = 0; i < 30; ++i) heard = desk.mix();

  EXPECT_NEAR(heard.back().left, (31 * 480 - 9600) / 65536.0F, 2 / 65536.0F);
}

TEST(Volume, IsSilentAtZeroFullAtAHundredAndRisesBetween) {
  EXPECT_EQ(gain_at_volume(0), 0);
  EXPECT_EQ(gain_at_volume(100), 1);
  for (int percent = 1; percent <= 100; ++percent) {
    EXPECT_GT(gain_at_volume(percent), gain_at_volume(percent - 1));
  }
  EXPECT_EQ(gain_at_volume(-5), 0);
  EXPECT_EQ(gain_at_volume(500), 1);
}

TEST(Mixer, TurnsTheVolumeWithoutAClick) {
  Desk desk;
  const auto source = add(desk, constant(8000, 0.5F));
  source->start_at(kStart);
  desk.mix();
  const auto loud = desk.mix();

  desk.mixer.set_gain(0);
  auto turning = desk.mix();
  for (int block = 0; block < 2; ++block) {
    const auto more = desk.mix();
    turning.insert(turning.end(), more.begin(), more.end());
  }

  EXPECT_NEAR(loud.back().left, 0.5F, 1e-6F);
  EXPECT_LT(largest_step(turning), 0.001F);
  EXPECT_NEAR(turning.front().left, 0.5F, 0.001F);
  EXPECT_EQ(turning.back().left, 0);
  desk.mixer.set_gain(0.25F);
  desk.mix();
  desk.mix();
  EXPECT_NEAR(desk.mix().back().left, 0.125F, 1e-6F);
}

TEST(Mixer, BeginsAtTheVolumeThatWasSetWhileItWasSilent) {
  Desk desk;
  desk.mixer.set_gain(0);
  desk.mix();
  const auto source = add(desk, constant(2000, 0.5F));
  source->start_at(desk.now);

  for (const StereoFrame& frame : desk.mix()) EXPECT_EQ(frame.left, 0);
}

}  // namespace
}  // namespace conglang::player
