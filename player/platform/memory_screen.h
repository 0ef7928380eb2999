// A screen that nobody sees: for machines without a display, pictures and tests.
#pragma once

#include <vector>

#include "player/handoff/mutex.h"
#include "player/platform/screen.h"
#include "playlists/base/clock.h"

namespace conglang::player {

class MemoryScreen final : public Screen {
 public:
  // `clock` must outlive the screen.
  MemoryScreen(Size size, const Clock& clock);

  Size size() const override { return size_; }
  Result<PixelBuffer> buffer() override;
  bool content_lost() override { return std::exchange(fresh_, false); }
  Result<MonotonicTime> present(std::span<const Rect> damage, MonotonicTime due) override;
  std::chrono::nanoseconds period() const override;
  ScreenEvents wait_until(MonotonicTime moment) override;
  DisplayPower& power() override { return power_; }
  void wake() override;

 private:
  NoDisplayPower power_;
  const Size size_;
  const Clock& clock_;
  std::vector<std::uint8_t> pixels_;
  bool fresh_ = true;
  Mutex mutex_;
  Signal changed_;
  bool woken_ CONGLANG_GUARDED_BY(mutex_) = false;
};

}  // namespace conglang::player
