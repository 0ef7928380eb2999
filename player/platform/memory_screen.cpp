#include "player/platform/memory_screen.h"

#include "player/platform/system_clock.h"

namespace conglang::player {

MemoryScreen::MemoryScreen(Size size, const Clock& clock)
    : size_(size),
      clock_(clock),
      pixels_(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) *
              4) {}

Result<PixelBuffer> MemoryScreen::buffer() {
  return PixelBuffer{pixels_.data(), size_.width * 4, size_};
}

Result<MonotonicTime> MemoryScreen::present(std::span<const Rect> /*damage*/,
                                            MonotonicTime due) {
  sleep_until(due);
  return clock_.monotonic();
}

std::chrono::nanoseconds MemoryScreen::period() const {
  return std::chrono::nanoseconds{16'666'667};  // as a display of 60 pictures a second
}

ScreenEvents MemoryScreen::wait_until(MonotonicTime moment) {
  const MutexLock lock(mutex_);
  while (!woken_) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(moment - clock_.monotonic());
    if (left.count() <= 0) break;
    changed_.wait(mutex_, {}, left);
  }
  woken_ = false;
  return {};
}

void MemoryScreen::wake() {
  {
    const MutexLock lock(mutex_);
    woken_ = true;
  }
  changed_.wake_all();
}

}  // namespace conglang::player
