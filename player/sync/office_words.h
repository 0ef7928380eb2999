// What kiosk and office say to each other, and what waits to be sent.
//
// Synchronising knows when to speak and what to do when nobody answers; these interfaces
// know what is said. Their implementers hand what comes from the office to whom it concerns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::player {

struct OfficeAnswer {
  bool look_now = false;     // the office has a version that is not held yet
  bool report_soon = false;  // there is something to say: a result of a command, a picture
};

// Bodies are JSON. A body from the office that is not understood is an error, and changes
// nothing.
//
// Threads: the sync thread.
class OfficeWords {
 public:
  virtual ~OfficeWords() = default;

  // The bearer token of this kiosk; empty when it has none.
  virtual std::string token() const = 0;

  virtual std::string heartbeat(Instant now) = 0;
  virtual Result<OfficeAnswer> hear(const std::string& answer) = 0;

  // A signed request for a new token, when the office does not know ours any more.
  virtual std::string ask_token(Instant now) = 0;
  virtual Status take_token(const std::string& answer) = 0;

  // Whether the clock is believed by nobody, so that the office should say the time.
  virtual bool needs_time() const = 0;
  virtual std::string ask_time() = 0;
  // The implementer measures how long the answer took.
  virtual Status take_time(const std::string& answer) = 0;
};

// Signed records, in batches with a number of their own.
struct RecordBatch {
  std::int64_t sequence = 0;
  std::string body;

  bool operator==(const RecordBatch&) const = default;
};

// Threads: the sync thread.
class RecordOutbox {
 public:
  virtual ~RecordOutbox() = default;

  // The oldest batch that nobody has acknowledged and whose number is above `after`.
  virtual Result<std::optional<RecordBatch>> next(std::int64_t after) = 0;

  // Deletes what the answer names, and nothing else.
  virtual Status acknowledge(const RecordBatch& batch, const std::string& answer) = 0;
};

struct WaitingPicture {
  std::string command;  // the id of the command that asked for it
  std::string png;
};

// Threads: the sync thread.
class PictureOutbox {
 public:
  virtual ~PictureOutbox() = default;

  virtual std::optional<WaitingPicture> next() = 0;
  // It arrived, or the office does not want it.
  virtual void forget(const std::string& command) = 0;
};

}  // namespace conglang::player
