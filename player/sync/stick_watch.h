// Looks for sticks while the player runs, and reads each one once.
//
// A machine of steps beside the network's. Whatever a stick is like, what is shown stays.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "player/sync/stick_reading.h"
#include "player/sync/stick_search.h"

namespace conglang::player {

struct StickNews {
  std::optional<LoadOutcome> show;  // replaces what is shown
  bool at_once = false;             // something in it must leave the glass now
  std::vector<SyncEvent> events;
  std::optional<StickReport> report;  // a stick was read, and there is something new to say
  MonotonicTime look_again{};
};

// Threads: the sync thread.
class StickWatch {
 public:
  struct Parts {
    std::vector<std::string> folders;  // where sticks are mounted
    ContentStore& store;
    PublicationKeeper& keeper;
    RecordOutbox& records;
    std::string kiosk;
    StickRules rules = {};
  };

  // Requires: what the parts refer to outlives it.
  explicit StickWatch(Parts parts) : parts_(std::move(parts)) {}

  // Does a little: one look, or one step of reading.
  StickNews step(const ClockReading& clock, MonotonicTime now);

  // It brings files: nobody else should.
  bool is_busy() const { return reading_ != nullptr; }

 private:
  struct Known {
    std::string mark;
    std::vector<SyncEvent> troubles;
    std::optional<MonotonicTime> retry_at;
  };

  void look(MonotonicTime now, StickNews& news);
  bool is_read(const Stick& stick, MonotonicTime now) const;
  void end(MonotonicTime now, StickNews& news);
  void tell(StickNews& news);

  Parts parts_;
  std::map<std::string, Known> known_;  // by folder
  Stick stick_;                         // that is being read
  std::unique_ptr<StickReading> reading_;
  MonotonicTime next_look_{};
  EventLedger ledger_;
};

}  // namespace conglang::player
