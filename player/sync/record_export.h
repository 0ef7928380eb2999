// Signed batches of records, written to a stick for an office that no link reaches.
//
// A batch is worth the same by either way: it is signed, and has a number. It stays on the
// kiosk until an answer of the office names it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "player/store/state_folder.h"
#include "player/sync/office_words.h"

namespace conglang::player {

// "records-<kiosk>-<number>.json", with the number in 12 digits.
std::string export_name(const std::string& kiosk, std::int64_t sequence);

struct ExportRules {
  std::size_t most_batches = 1000;  // more than the play log can hold
  std::int64_t room = 0;            // bytes that may be written
};

// A batch with each step, whole or not at all; what lies there already is not written again.
//
// Threads: as the records.
class RecordExport {
 public:
  // Requires: records and stick outlive it; `kiosk` is the id of a kiosk.
  RecordExport(RecordOutbox& records, std::string kiosk, StateFolder& stick, ExportRules rules)
      : records_(records), kiosk_(std::move(kiosk)), stick_(stick), rules_(rules) {}

  // True when all is done that can be.
  // Fails: malformed (the kiosk's id would be no name), storage, with the code "no-space" when
  // the next one does not fit. Those before it are good.
  Result<bool> step();

  // That are on the stick now, written by this or found there.
  std::size_t batches() const { return batches_; }

 private:
  bool lies_there(const std::string& name, const std::string& body) const;

  RecordOutbox& records_;
  const std::string kiosk_;
  StateFolder& stick_;
  ExportRules rules_;
  std::int64_t after_ = 0;
  std::size_t batches_ = 0;
};

}  // namespace conglang::player
