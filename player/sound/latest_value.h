// Hands the newest value to a thread that may never wait.
#pragma once

#include <array>
#include <atomic>
#include <optional>

namespace conglang::player {

// Three places: one being written, one being read, one between them. What is replaced
// before it was taken is dropped. Where waiting is allowed, use Mailbox.
//
// Threads: put() from one thread, take() from another; neither ever waits.
// Requires: T is trivially copyable, so that nothing is freed by either.
template <typename T>
class LatestValue {
 public:
  void put(const T& value) {
    places_[writing_] = value;
    writing_ = between_.exchange(writing_ | kFresh, std::memory_order_acq_rel) & kIndex;
  }

  // Empty when nothing arrived since the last take().
  std::optional<T> take() {
    if ((between_.load(std::memory_order_relaxed) & kFresh) == 0) return std::nullopt;
    reading_ = between_.exchange(reading_, std::memory_order_acq_rel) & kIndex;
    return places_[reading_];
  }

 private:
  static constexpr unsigned kFresh = 4, kIndex = 3;
  std::array<T, 3> places_{};
  unsigned writing_ = 0;  // the putting thread's
  unsigned reading_ = 1;  // the taking thread's
  std::atomic<unsigned> between_{2};
};

}  // namespace conglang::player
