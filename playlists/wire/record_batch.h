// What a kiosk writes down (plays and events), in signed batches: worth the same by network
// and by USB stick.
//
// A batch is sent again, byte for byte, until an answer names its records.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "playlists/base/ids.h"
#include "playlists/base/json.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"
#include "playlists/wire/read_body.h"

namespace conglang {

// One item that was shown.
struct PlayEntry {
  std::string id;  // UUID
  std::string item;
  std::string asset;    // may be empty
  std::string region;   // may be empty
  std::string version;  // of the programme
  Instant started_at{};
  std::string clock_trust;  // "none", "persisted", "network"
  std::string outcome;      // "completed", "skipped", "failed", "interrupted"
  std::string reason;       // why it did not complete; may be empty
  std::int64_t shown_ms = 0;
  std::int64_t frames_shown = 0;
  std::int64_t frames_late = 0;

  bool operator==(const PlayEntry&) const = default;
};

// One thing that went wrong or changed.
struct EventEntry {
  std::string id;  // UUID
  Instant at{};
  std::string kind;  // "missing", "rollback", ...
  std::string subject;
  std::string detail;

  bool operator==(const EventEntry&) const = default;
};

struct RecordBatch {
  KioskId kiosk;
  std::int64_t sequence = 0;  // from 1, one more for each batch of this kiosk
  std::vector<PlayEntry> plays;
  std::vector<EventEntry> events;  // with plays at most 1000

  bool operator==(const RecordBatch&) const = default;
};

// What is signed: a label and the batch in canonical JSON.
std::string record_batch_text(const RecordBatch& batch);

// The body of POST /kiosk/records: {"batch":{…},"signature":"…"}.
struct SignedBatch {
  RecordBatch batch;
  std::string signature;  // 128 hexadecimal digits
};

std::string write_signed_batch(const SignedBatch& signed_batch);

// Read strictly; the signature is not judged. Fails: malformed, with the place.
Result<SignedBatch> read_signed_batch(const JsonValue& value);

// Whether the kiosk's key signed it.
bool is_signed(const SignedBatch& signed_batch, const Bytes32& public_key);

// The answer: the ids that the office keeps now, and that the kiosk may forget.
struct RecordAnswer {
  std::int64_t sequence = 0;
  std::vector<std::string> kept;

  bool operator==(const RecordAnswer&) const = default;
};

Result<RecordAnswer> read_record_answer(const JsonValue& value);
JsonValue write(const RecordAnswer& answer);

}  // namespace conglang
