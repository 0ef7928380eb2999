// Walks the audit log and says whether every entry is what was written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "content-server/audit/audit_log.h"
#include "playlists/base/result.h"
#include "playlists/base/sha256.h"

namespace conglang::server {

// An entry known from elsewhere to have been the newest once.
struct AuditAnchor {
  std::int64_t number = 0;
  Sha256Digest digest;

  bool operator==(const AuditAnchor&) const = default;
};

struct AuditFault {
  std::int64_t number = 0;  // the lowest entry that is not as it was written
  std::string why;          // "entry 12: was altered"

  bool operator==(const AuditFault&) const = default;
};

struct AuditVerdict {
  std::int64_t entries = 0;
  std::optional<AuditFault> fault;  // empty: the chain holds
};

// Reads in pages. Without an anchor a log that lost its newest entries looks whole.
// Fails: as reading the log.
Result<AuditVerdict> verify_audit(AuditLog& log, const std::optional<AuditAnchor>& anchor);

}  // namespace conglang::server
