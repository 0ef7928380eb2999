// Where kiosks, their words and their records stay. Implemented by storage; bound to one
// transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "content-server/kiosks/kiosk.h"
#include "playlists/base/result.h"
#include "playlists/wire/record_batch.h"

namespace conglang::server {

// Everything kept replaces what was there under the same id; all find() give nothing for what
// is not there. Each fails with storage, and malformed for a text that is no UTF-8.
class KioskStore {
 public:
  virtual ~KioskStore() = default;

  virtual Status keep(const Group& group) = 0;
  virtual Result<std::vector<Group>> groups() = 0;  // by id
  virtual Status keep(const Site& site) = 0;
  virtual Result<std::vector<Site>> sites() = 0;  // by id

  virtual Status keep(const Kiosk& kiosk) = 0;
  virtual Result<std::optional<Kiosk>> find(const KioskId& id) = 0;
  virtual Result<std::optional<Kiosk>> find_token(const Sha256Digest& token) = 0;
  virtual Result<std::vector<Kiosk>> kiosks() = 0;  // by the time of their making

  virtual Status keep_life(const KioskId& id, const KioskLife& life) = 0;
  virtual Result<std::optional<KioskLife>> life(const KioskId& id) = 0;

  virtual Status keep(const KioskCommand& command) = 0;
  virtual Result<std::vector<KioskCommand>> commands(const KioskId& id,
                                                     int most) = 0;  // newest
  virtual Result<std::vector<KioskCommand>> waiting_commands(const KioskId& id,
                                                             Instant made_after) = 0;  // oldest
  virtual Result<std::optional<KioskCommand>> find_command(const std::string& id) = 0;

  virtual Status keep(const Enrolment& enrolment) = 0;
  virtual Result<std::optional<Enrolment>> find_enrolment(const std::string& id) = 0;
  virtual Result<std::vector<Enrolment>> enrolments(Instant ends_after) = 0;  // oldest first
  virtual Status remove_enrolments_before(Instant ended) = 0;

  virtual Status keep(const StickGrant& stick) = 0;
  virtual Result<std::optional<StickGrant>> find_stick(const Sha256Digest& token) = 0;

  // A batch that was kept, by its number.
  struct KeptBatch {
    Sha256Digest digest;  // of what was signed
    std::vector<std::string> kept;
  };
  virtual Result<std::optional<KeptBatch>> find_batch(const KioskId& id,
                                                      std::int64_t sequence) = 0;
  // With its plays and events; a record of this kiosk is not kept twice under one id.
  virtual Status keep_batch(const RecordBatch& batch, const KeptBatch& kept, Instant now) = 0;
  virtual Result<std::int64_t> newest_batch(const KioskId& id) = 0;                 // 0: none
  virtual Result<std::vector<PlayEntry>> plays(const KioskId& id, int most) = 0;    // newest
  virtual Result<std::vector<EventEntry>> events(const KioskId& id, int most) = 0;  // newest
  virtual Status remove_records_before(Instant kept_at) = 0;
};

}  // namespace conglang::server
