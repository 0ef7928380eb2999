#include "player/sound/sound_device.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace conglang::player {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class HandClock : public Clock {
 public:
  Instant now() const override { return {}; }
  MonotonicTime monotonic() const override { return time; }
  MonotonicTime time{seconds{100}};
};

struct Room {
  Room() { setenv("SDL_AUDIODRIVER", "no-such-driver", 1); }
  ~Room() { unsetenv("SDL_AUDIODRIVER"); }

  HandClock clock;
  Mixer mixer;
};

TEST(SoundDevice, NamesAMissingDevice) {
  Room room;
  SoundDevice device(room.mixer, room.clock);

  const Status opened = device.open();

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::missing);
  EXPECT_EQ(device.facts().error, opened.error());
}

TEST(SoundDevice, WithoutADeviceSourcesStillEndInTheirTime) {
  Room room;
  SoundDevice device(room.mixer, room.clock);
  const auto source = std::make_shared<SoundSource>();
  ASSERT_TRUE(room.mixer.add(source));
  source->write(std::vector<float>(9600, 0.1F));
  source->start_at(room.clock.time);
  source->end();

  device.poll();
  room.clock.time += milliseconds{90};
  device.poll();
  const bool early = source->finished();
  room.clock.time += milliseconds{40};
  device.poll();

  EXPECT_FALSE(early);
  EXPECT_TRUE(source->finished());
  EXPECT_EQ(room.mixer.held(), 0U);
}

TEST(SoundDevice, TriesAgainWithGrowingPauses) {
  Room room;
  SoundDevice device(room.mixer, room.clock);
  ASSERT_FALSE(device.open());
  setenv("SDL_AUDIODRIVER", "dummy", 1);

  room.clock.time += milliseconds{999};
  device.poll();
  const bool too_early = device.facts().open;
  room.clock.time += milliseconds{1};
  device.poll();

  EXPECT_FALSE(too_early);
  EXPECT_TRUE(device.facts().open);
  EXPECT_EQ(device.facts().driver, "dummy");
  EXPECT_FALSE(device.facts().error.has_value());
}

}  // namespace
}  // namespace conglang::player
