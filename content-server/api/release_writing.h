// From an approval that is kept to files that kiosks can read, and what is left to do after a
// power cut in between.
#pragma once

#include "content-server/publishing/office_repository.h"
#include "content-server/transactions/transactions.h"
#include "playlists/base/clock.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

// Writes the approved release's files and notes that it is released. When they cannot be
// written the submission waits for an approver again, with the reason.
// Threads: workers; waits for the disk. `actor` goes into the audit log.
// Fails: as OfficeRepository::write_release(); storage.
Status write_out(Transactions& transactions, const OfficeRepository& repository,
                 const Release& release, const std::string& actor, const Clock& clock);

// Brings to an end what was approved before that moment and not released: the server stopped
// in between, or the disk was full. Fails: storage; untrusted when what is published does not
// hold.
Status resume_releases(Transactions& transactions, const OfficeRepository& repository,
                       const Clock& clock, Instant approved_before);

}  // namespace conglang::server
