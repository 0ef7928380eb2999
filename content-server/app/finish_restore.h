// What the first start after a restore has to do.
#pragma once

#include <filesystem>

#include "content-server/publishing/office_repository.h"
#include "content-server/transactions/transactions.h"
#include "playlists/base/result.h"

namespace conglang::server {

// Kiosks may have seen newer signatures than those of the backup: all are made again, the
// audit log says that the office was restored, and then the mark goes. Nothing without a mark.
// A power cut in between does it once more.
// Fails: storage; untrusted when the repository does not hold.
Status finish_restore(const std::filesystem::path& data, Transactions& transactions,
                      const OfficeRepository& repository, Instant now);

}  // namespace conglang::server
