// From what is hidden in the office's book to the list that kiosks read.
#pragma once

#include "content-server/publishing/office_repository.h"
#include "content-server/transactions/transactions.h"
#include "playlists/base/clock.h"
#include "playlists/base/result.h"

namespace conglang::server {

// The event that wakes kiosks after it, on the topic "kiosks".
inline constexpr const char* kLookAtTakedown = R"({"what":"takedown"})";

// Publishes the list of every act that is kept, unless it is what is published. False: it was.
// Threads: workers and the housekeeper; waits for the disk. Lists come in their order.
// Fails: as OfficeRepository::write_takedown(); storage.
Result<bool> publish_takedowns(Transactions& transactions, const OfficeRepository& repository,
                               const Clock& clock);

}  // namespace conglang::server
