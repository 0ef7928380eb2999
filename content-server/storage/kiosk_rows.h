// How kiosks and enrolments are written into columns: shared by the files of the kiosk store.
#pragma once

#include <string>

#include "content-server/kiosks/kiosk.h"
#include "playlists/base/result.h"

namespace conglang::server {

// JSON would hide a text that is no UTF-8, so these look before it is written.
// Fail: as check_texts().
Status check_name(const std::string& subject, const LocalizedText& name);
Status check_heartbeat(const std::string& subject, const Heartbeat& heartbeat);

// Names of groups and sites: {"vi":"…","en":"…"}.
std::string write_name(const LocalizedText& name);
// Fails: storage, naming `subject`.
Result<LocalizedText> read_name(const std::string& subject, const std::string& column);

// What of an enrolment is in no column of its own.
std::string write_enrolment(const Enrolment& enrolment);
// Fills in the same. Fails: storage.
Status read_enrolment(const std::string& column, Enrolment& enrolment);

std::string write_ids(const std::vector<std::string>& ids);
// Fails: storage, naming `subject`.
Result<std::vector<std::string>> read_ids(const std::string& subject,
                                          const std::string& column);

}  // namespace conglang::server
