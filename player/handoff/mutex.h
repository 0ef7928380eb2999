// A mutex whose guarded members the compiler checks (Clang, -Wthread-safety).
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <utility>

#include "player/handoff/thread_annotations.h"

namespace conglang::player {

class CONGLANG_CAPABILITY("mutex") Mutex {
 public:
  void lock() CONGLANG_ACQUIRE() { mutex_.lock(); }
  void unlock() CONGLANG_RELEASE() { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

class CONGLANG_SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) CONGLANG_ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
  ~MutexLock() CONGLANG_RELEASE() { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// Sleeps until woken, without losing the annotation of the mutex.
class Signal {
 public:
  void wake_all() { changed_.notify_all(); }

  // Returns at the latest after `limit`, or at once when `stop` is asked for.
  // May return early: the caller asks for its state again.
  void wait(Mutex& mutex, std::stop_token stop, std::chrono::milliseconds limit)
      CONGLANG_REQUIRES(mutex) {
    bool never = false;
    changed_.wait_for(mutex, stop, limit, [&never] { return std::exchange(never, true); });
  }

 private:
  std::condition_variable_any changed_;
};

}  // namespace conglang::player
