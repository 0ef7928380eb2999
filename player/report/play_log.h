// Takes play records from the render thread and writes them in batches elsewhere.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "player/handoff/bounded_queue.h"
#include "player/report/event.h"
#include "player/report/play_record.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::player {

// Where play records stay. PlaySpool is the real one.
class PlayLogWriter {
 public:
  virtual ~PlayLogWriter() = default;

  // All of the records or none of them.
  virtual Status write(std::span<const PlayRecord> records) = 0;

  // What happened to the log itself since the last call.
  virtual std::vector<Event> take_events() = 0;
};

struct PlayLogRules {
  std::size_t batch_records = 64;
  Milliseconds batch_age{
      30'000};  // the oldest record waits no longer; also the pause after a failure
  std::size_t queue_records = 1024;    // between the threads: about an hour of short stills
  std::size_t waiting_records = 4096;  // while the writer fails
};

// When the queue between the threads is full, the new record is lost; while the writer
// fails, the oldest waiting record is. Both are counted and told as one plays-lost event.
//
// Threads: add() from any, never waits for the disk; step() and flush() from the control
// thread only.
class PlayLog {
 public:
  // Requires: the writer outlives the log.
  explicit PlayLog(PlayLogWriter& writer, PlayLogRules rules = {});

  void add(PlayRecord record);

  // To be called about once a second: writes when a batch is full or old enough.
  std::vector<Event> step(MonotonicTime now);

  // Writes whatever is there, for the end of a run.
  std::vector<Event> flush(MonotonicTime now);

  std::int64_t lost() const { return lost_.load(); }

 private:
  void collect(MonotonicTime now);
  bool is_due(MonotonicTime now) const;
  void write_all(MonotonicTime now, std::vector<Event>& events);
  void tell_losses(std::vector<Event>& events);

  PlayLogWriter& writer_;
  const PlayLogRules rules_;
  BoundedQueue<PlayRecord> queue_;
  std::atomic<std::int64_t> lost_ = 0;

  // The control thread's own.
  std::deque<PlayRecord> waiting_;
  std::optional<MonotonicTime> oldest_since_;
  std::optional<MonotonicTime> failed_at_;
  std::int64_t told_lost_ = 0;
};

}  // namespace conglang::player
