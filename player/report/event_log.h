// Takes events from any thread and writes them in batches elsewhere, for the office.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "player/handoff/bounded_queue.h"
#include "player/report/event.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::player {

struct LoggedEvent {
  Event event;
  Instant at;  // as the wall clock said

  bool operator==(const LoggedEvent&) const = default;
};

// Where events stay. PlaySpool is the real one.
class EventLogWriter {
 public:
  virtual ~EventLogWriter() = default;

  // All of them or none.
  virtual Status write_events(std::span<const LoggedEvent> events) = 0;
};

// When the queue is full, or the writer fails, the newest event is lost to the office; it was
// printed all the same.
//
// Threads: add() from any, never waits for the disk; step() from the control thread only.
class EventLog {
 public:
  // Requires: the writer outlives the log.
  explicit EventLog(EventLogWriter& writer) : writer_(writer), queue_(kQueued) {}

  void add(LoggedEvent event);

  // To be called about once a second. After a failure it waits half a minute.
  void step(MonotonicTime now);

  std::int64_t lost() const { return lost_.load(); }

 private:
  static constexpr std::size_t kQueued = 512;

  EventLogWriter& writer_;
  BoundedQueue<LoggedEvent> queue_;
  std::atomic<std::int64_t> lost_ = 0;
  std::vector<LoggedEvent> waiting_;  // the control thread's own
  std::optional<MonotonicTime> failed_at_;
};

}  // namespace conglang::player
