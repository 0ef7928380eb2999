// A mutex whose guarded members the compiler checks (Clang, -Wthread-safety).
#pragma once

#include <mutex>

#include "playlists/base/thread_annotations.h"

namespace conglang {

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

}  // namespace conglang
