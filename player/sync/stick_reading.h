// One stick, from the first look to the last batch of records that is left on it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "player/store/posix_state_folder.h"
#include "player/sync/record_export.h"
#include "player/sync/stick_import.h"
#include "player/sync/sync_event.h"

namespace conglang::player {

struct StickRules {
  Milliseconds look_period{3000};
  // One that could not be read whole is read again after so long: its files may still be
  // arriving, or this disk may have room by then.
  Milliseconds retry_period{60'000};
  std::int64_t bytes_at_once = 4 << 20;             // of a step; 0.2 s on a slow stick
  std::int64_t keep_free = std::int64_t{16} << 20;  // of the stick
};

// What is to be told to whoever stands there with the stick, when it was read.
struct StickReport {
  std::optional<std::int64_t> received;  // the version that it brought
  bool is_ours = false;                  // signed by our office
  std::size_t batches = 0;               // of records that are on it now
  std::string trouble;                   // the kind of it; empty when all went well
};

// A stick is believed as little as a server: what its repository proves with the pinned root is
// taken by the same rules. Records are left only on a stick of our own office, in its folder
// "records".
//
// Threads: the sync thread.
class StickReading {
 public:
  struct Parts {
    std::string stick;  // where it is mounted
    ContentStore& store;
    PublicationKeeper& keeper;
    RecordOutbox& records;
    std::string kiosk;
    StickRules rules = {};
  };

  struct News {
    std::optional<LoadOutcome> show;  // replaces what is shown
    bool at_once = false;             // something in it must leave the glass now
  };

  // Requires: what the parts refer to outlives it.
  explicit StickReading(Parts parts);

  // Does a little: a part of a file, or one batch. Requires: it is not over.
  News step(const ClockReading& clock);

  bool is_over() const { return is_over_; }
  const std::vector<SyncEvent>& troubles() const { return troubles_; }
  StickReport report() const;

 private:
  News import(const ClockReading& clock);
  void begin_records();
  void leave_records();

  Parts parts_;
  StickImport import_;
  bool is_imported_ = false;
  std::optional<PosixStateFolder> folder_;  // for the records
  std::unique_ptr<RecordExport> export_;
  std::vector<SyncEvent> troubles_;
  StickReport report_;
  bool is_over_ = false;
};

}  // namespace conglang::player
