// Hands the newest value from one thread to another and drops what it replaces.
#pragma once

#include <optional>
#include <utility>

#include "player/handoff/mutex.h"

namespace conglang::player {

// For state, where only the latest matters. For a stream in which every element
// counts (frames, play records) use BoundedQueue.
//
// Threads: put() from the producer, take() from the consumer; neither waits for
// the other longer than one move of T.
template <typename T>
class Mailbox {
 public:
  void put(T value) {
    std::optional<T> replaced;  // destroyed after the lock is released
    const MutexLock lock(mutex_);
    replaced = std::exchange(latest_, std::move(value));
  }

  // Empty when nothing arrived since the last take().
  std::optional<T> take() {
    const MutexLock lock(mutex_);
    return std::exchange(latest_, std::nullopt);
  }

 private:
  Mutex mutex_;
  std::optional<T> latest_ CONGLANG_GUARDED_BY(mutex_);
};

}  // namespace conglang::player
