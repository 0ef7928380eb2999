// Work that may wait for a disk or a database, handed from the I/O threads to the workers.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>

#include "playlists/base/mutex.h"

namespace conglang::server {

// Threads: any.
// Owns: tasks that no worker took; they are dropped with the queue.
class WorkQueue {
 public:
  explicit WorkQueue(std::size_t most_waiting) : most_waiting_(most_waiting) {}

  enum class Admission {
    when_room,  // new requests: refused when too many wait
    always,     // the next piece of one that was let in; each connection has one at a time
  };

  // False: not taken (no room, or stopped).
  bool push(Admission admission, std::function<void()> task);

  // Works until stop(); then what waits is still done.
  void run();
  void stop();

  std::size_t waiting() const;

 private:
  const std::size_t most_waiting_;
  mutable Mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::function<void()>> tasks_ CONGLANG_GUARDED_BY(mutex_);
  bool is_stopped_ CONGLANG_GUARDED_BY(mutex_) = false;
};

}  // namespace conglang::server
