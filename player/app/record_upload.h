// Lets the sync thread send what the control thread wrote down.
#pragma once

#include <memory>
#include <string>

#include "player/identity/enrolment.h"
#include "player/identity/kiosk_key.h"
#include "player/report/record_store.h"
#include "player/store/state_folder.h"
#include "player/sync/office_words.h"

namespace conglang::player {

// The reserve of batch numbers in a file of its own, "record-numbers".
//
// Threads: the sync thread.
class StoredSequenceReserve final : public SequenceReserve {
 public:
  // Requires: the folder outlives it.
  explicit StoredSequenceReserve(StateFolder& folder) : folder_(folder) {}

  Result<std::int64_t> reserved() override;
  Status reserve(std::int64_t below) override;

 private:
  StateFolder& folder_;
};

// Threads: the sync thread.
class RecordUpload final : public RecordOutbox {
 public:
  // `data` is the player's data folder, where the play log lies. Without a key nothing can be
  // sent. Requires: key and folder outlive it.
  RecordUpload(const std::string& data, const KioskId& kiosk, const KioskKey* key,
               StateFolder& folder);

  Result<std::optional<RecordBatch>> next(std::int64_t after) override;
  Status acknowledge(const RecordBatch& batch, const std::string& answer) override;

  // For the heartbeat.
  Result<std::int64_t> waiting() { return store_.waiting(); }

 private:
  const KioskKey* key_;
  StoredSequenceReserve reserve_;
  RecordStore store_;
};

}  // namespace conglang::player
