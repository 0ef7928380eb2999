// What is on the glass, told by the render thread to whoever reports it.
#pragma once

#include <string>

#include "player/handoff/mutex.h"
#include "playlists/wire/heartbeat.h"

namespace conglang::player {

// Threads: any.
class GlassWatch {
 public:
  // Empty item: the built-in card, or a card in place of the show.
  void tell(const std::string& item, const std::string& version, Instant now) {
    const MutexLock lock(mutex_);
    if (seen_.item == item && seen_.version == version) return;
    seen_ = {item, version, now};
  }

  OnScreen seen() const {
    const MutexLock lock(mutex_);
    return seen_;
  }

 private:
  mutable Mutex mutex_;
  OnScreen seen_ CONGLANG_GUARDED_BY(mutex_);
};

}  // namespace conglang::player
