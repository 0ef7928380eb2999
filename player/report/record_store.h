// What this kiosk has written down and the office has not kept yet, in signed batches.
//
// A batch is stored whole, with its number and the records in it, before anybody can send it;
// it is sent again byte for byte until an answer names its records, and only those are
// deleted. What an answer leaves out travels in a later batch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "playlists/base/ids.h"
#include "playlists/base/result.h"
#include "playlists/wire/record_batch.h"

namespace conglang::player {

class SqliteDatabase;

// A second memory of the highest batch number that may have been used, for the day on which
// the play log is damaged and replaced: a number must never stand for two different batches.
//
// Threads: as RecordStore.
class SequenceReserve {
 public:
  virtual ~SequenceReserve() = default;

  // Every number below may have been used. 1 when nothing was.
  virtual Result<std::int64_t> reserved() = 0;
  // Returns when it is on the disk.
  virtual Status reserve(std::int64_t below) = 0;
};

struct BatchLimits {
  std::size_t records = 500;
  std::size_t bytes = 200 << 10;  // of the texts in it
};

struct StoredBatch {
  std::int64_t sequence = 0;
  std::string body;  // as it is posted

  bool operator==(const StoredBatch&) const = default;
};

// Threads: one at a time, beside the PlaySpool of another thread on the same file: each call
// opens the file anew and waits up to two seconds for the other's transaction.
class RecordStore {
 public:
  struct Parts {
    std::string path;  // of the play log, see plays_path()
    KioskId kiosk;
    std::function<std::string(std::string_view)> sign;  // with the kiosk's key
    SequenceReserve& reserve;
    BatchLimits limits = {};
  };

  // Requires: what the parts refer to outlives it.
  explicit RecordStore(Parts parts) : parts_(std::move(parts)) {}

  // The oldest batch whose number is above `after`; made from waiting records when there is
  // none. Nothing when nothing waits, and while there is no play log yet.
  // Fails: storage; malformed when the file is damaged (its writer replaces it).
  Result<std::optional<StoredBatch>> next(std::int64_t after);

  // Deletes what the answer names of that batch, and nothing else.
  // Fails: missing when there is no such batch; storage.
  Status acknowledge(std::int64_t sequence, const RecordAnswer& answer);

  // Records that the office has not kept.
  Result<std::int64_t> waiting();

 private:
  Result<std::optional<StoredBatch>> find_batch(SqliteDatabase& database, std::int64_t after);
  Result<std::optional<StoredBatch>> make_batch(SqliteDatabase& database);
  Result<std::int64_t> take_number(SqliteDatabase& database);

  const Parts parts_;
};

// A text as the wire takes it: valid, printable, NFC, and cut to so many characters.
std::string wire_text(std::string_view text, std::size_t most_characters);

}  // namespace conglang::player
