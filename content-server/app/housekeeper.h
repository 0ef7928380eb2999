// What the server does by itself from time to time: renewing signatures and certificates,
// forgetting old sessions, sweeping files that nothing names any more.
//
// Thread: run() is the housekeeper's own; hurry() may be called from any.
#pragma once

#include <condition_variable>
#include <functional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "playlists/base/clock.h"
#include "playlists/base/mutex.h"
#include "playlists/base/result.h"

namespace conglang::server {

struct Chore {
  std::string name;
  // Does it when it is due and says when to be asked again. A chore that fails is tried
  // again after a minute.
  std::function<Result<Instant>(Instant now)> work;
};

class Housekeeper {
 public:
  // `clock` must outlive it. `log` is told of each failure, one line.
  Housekeeper(const Clock& clock, std::function<void(const std::string&)> log)
      : clock_(clock), log_(std::move(log)) {}

  // Requires: before run().
  void add(Chore chore) { chores_.push_back({std::move(chore), Instant{}, Instant{}}); }

  // Returns after `stop` was asked for and the chore under way is done.
  void run(std::stop_token stop);

  // Every chore is asked again at once: something changed.
  void hurry();

  // One round at `now`; returns when the next is due. Public for tests: run() calls it.
  Instant round(Instant now);

 private:
  struct Planned {
    Chore chore;
    Instant due;
    Instant asked{};  // last
  };

  const Clock& clock_;
  const std::function<void(const std::string&)> log_;
  std::vector<Planned> chores_;

  Mutex mutex_;
  std::condition_variable_any changed_;
  bool hurried_ CONGLANG_GUARDED_BY(mutex_) = false;
};

}  // namespace conglang::server
