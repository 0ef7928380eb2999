// All that the sync thread does, as one machine of steps without a thread or a clock.
//
// The thread of player/app calls step(), hands the news on, and calls work() of the HTTP client
// again and again, until that says true or it is time for the next step. Nothing here is on the
// way of the start: without a network, or without this room, the show is the same.
#pragma once

#include <optional>
#include <vector>

#include "player/programme/clock_trust.h"
#include "player/sync/office_line.h"
#include "player/sync/repository_sync.h"
#include "player/sync/stick_watch.h"

namespace conglang::player {

struct SyncMoment {
  Instant wall;
  ClockTrust trust = ClockTrust::none;
  MonotonicTime now;
};

struct SyncNews {
  std::optional<LoadOutcome> show;  // replaces what is shown
  bool at_once = false;             // something in it must leave the glass now
  std::vector<SyncEvent> events;
  FetchProgress progress;            // of the programme that is coming
  std::optional<StickReport> stick;  // one was read
  // The next step is due then, or as soon as the HTTP client has something.
  MonotonicTime look_again{};
};

// Threads: the sync thread.
class Synchronizer {
 public:
  struct Parts {
    HttpClient& client;
    RepositorySync& repository;
    OfficeLine& office;
    StickWatch* sticks = nullptr;  // nobody looks for any
  };

  // Requires: what the parts refer to outlives it.
  explicit Synchronizer(Parts parts) : parts_(parts) {}

  SyncNews step(const SyncMoment& moment);

  // A file that was found damaged when the player opened it.
  void report_damaged(const Sha256Digest& sha256) { parts_.repository.report_damaged(sha256); }

  // The result of a command, a picture or another item on the screen waits to be told.
  void report_soon() { parts_.office.report_soon(); }

  // Somebody at the kiosk, or the office by a command, wants to see what is new.
  void look_now() { parts_.repository.hurry(); }

 private:
  void step_sticks(const ClockReading& clock, MonotonicTime now, SyncNews& news);

  Parts parts_;
};

}  // namespace conglang::player
