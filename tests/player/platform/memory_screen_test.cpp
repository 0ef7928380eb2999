#include "player/platform/memory_screen.h"

#include <gtest/gtest.h>

#include <array>

namespace conglang::player {
namespace {

using namespace std::chrono_literals;

// Stands still: whoever waits on this screen in vain would wait for ever.
class StoppedClock final : public Clock {
 public:
  Instant now() const override { return {}; }
  MonotonicTime monotonic() const override { return MonotonicTime{1h}; }
};

TEST(MemoryScreen, KeepsWhatWasDrawn) {
  const StoppedClock clock;
  MemoryScreen screen({8, 4}, clock);
  screen.buffer()->bytes[5] = 77;

  ASSERT_TRUE(screen.present(std::array{Rect{0, 0, 8, 4}}, MonotonicTime{}).ok());

  EXPECT_EQ(screen.buffer()->bytes[5], 77);
  EXPECT_EQ(screen.buffer()->size, (Size{8, 4}));
}

TEST(MemoryScreen, HasLostItsContentOnceAtTheBeginning) {
  const StoppedClock clock;
  MemoryScreen screen({8, 4}, clock);

  EXPECT_TRUE(screen.content_lost());
  EXPECT_FALSE(screen.content_lost());
}

TEST(MemoryScreen, EndsARestThatIsWokenBeforeItBegan) {
  const StoppedClock clock;
  MemoryScreen screen({8, 4}, clock);
  screen.wake();

  const ScreenEvents seen = screen.wait_until(MonotonicTime{2h});

  EXPECT_FALSE(seen.quit);
}

TEST(MemoryScreen, DoesNotRestUntilAMomentThatIsPast) {
  const StoppedClock clock;
  MemoryScreen screen({8, 4}, clock);

  screen.wait_until(MonotonicTime{1min});  // comes back at all: the clock stands still
}

}  // namespace
}  // namespace conglang::player
