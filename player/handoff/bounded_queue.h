// Hands a stream of values from one thread to another, in order and bounded.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <stop_token>
#include <utility>

#include "player/handoff/mutex.h"

namespace conglang::player {

// When full, try_push() refuses and the producer decides: a decoder waits with the
// frame in hand, the play log counts the record as lost. Nothing is dropped silently.
//
// Threads: any number of producers and consumers.
// Owns: the values between push and pop.
template <typename T>
class BoundedQueue {
 public:
  // Requires: capacity > 0.
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

  // False when full; `value` is then left as it was.
  bool try_push(T&& value) {
    {
      const MutexLock lock(mutex_);
      if (values_.size() >= capacity_) return false;
      values_.push_back(std::move(value));
    }
    changed_.wake_all();
    return true;
  }

  std::optional<T> try_pop() {
    std::optional<T> first;
    {
      const MutexLock lock(mutex_);
      if (values_.empty()) return first;
      first = std::move(values_.front());
      values_.pop_front();
    }
    changed_.wake_all();
    return first;
  }

  // Waits for a value until `limit` has passed or `stop` is asked for.
  std::optional<T> pop(std::stop_token stop, std::chrono::milliseconds limit) {
    {
      const MutexLock lock(mutex_);
      if (values_.empty() && !stop.stop_requested()) changed_.wait(mutex_, stop, limit);
    }
    return try_pop();
  }

  std::size_t size() const {
    const MutexLock lock(mutex_);
    return values_.size();
  }

  std::size_t capacity() const { return capacity_; }

 private:
  const std::size_t capacity_;
  mutable Mutex mutex_;
  Signal changed_;
  std::deque<T> values_ CONGLANG_GUARDED_BY(mutex_);
};

}  // namespace conglang::player
