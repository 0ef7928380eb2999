// Signed batches of records, written to a stick for an office that no link reaches.
//
// A batch is worth the same by either way: it is signed, and has a number. It stays on the
// kiosk until an answer of the office names it.
#pragma once

#include <cstddef>
#include <string>

#include "player/store/state_folder.h"
#include "player/sync/office_words.h"

namespace conglang::player {

// "records-<kiosk>-<number>.json", with the number in 12 digits.
std::string export_name(const std::string& kiosk, std::int64_t sequence);

// How many were written, each whole or not at all.
// Fails: malformed unless `kiosk` is an id; storage at the first that does not fit: those
// before it are good.
Result<std::size_t> export_records(RecordOutbox& records, const std::string& kiosk,
                                   StateFolder& stick, std::size_t most);

}  // namespace conglang::player
