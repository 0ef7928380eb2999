// The book of who did what and when: entries are added, never changed.
//
// Each entry carries the digest of the one before it, so that a removed or altered entry
// is found by audit verify.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "playlists/base/json.h"
#include "playlists/base/result.h"
#include "playlists/base/sha256.h"
#include "playlists/base/time.h"

namespace conglang::server {

// Who acted: "person:<id>", "kiosk:<id>", "command-line", "server".
struct AuditEvent {
  Instant at{};
  std::string actor;
  std::string action;   // "release.approved": area, then what is now true
  std::string subject;  // "release:12", "kiosk:<id>"
  JsonValue before;     // null when there was nothing; never a secret
  JsonValue after;
};

struct AuditEntry {
  std::int64_t number = 0;  // from 1, without a gap
  AuditEvent event;
  Sha256Digest previous;  // of the entry before; all zero for the first
  Sha256Digest digest;    // of everything above, see audit_digest()
};

struct AuditQuery {
  std::int64_t before_number = 0;                            // 0: from the newest
  int most = 100;                                            // 1 to 1000
  std::string actor = {}, subject = {}, action_prefix = {};  // empty: any
};

// Where the entries stay. Implemented by storage; bound to one transaction.
class AuditLog {
 public:
  virtual ~AuditLog() = default;

  // Adds it with the next number. Written with everything else of the transaction, or not.
  virtual Status append(const AuditEvent& event) = 0;

  // The newest first.
  virtual Result<std::vector<AuditEntry>> read(const AuditQuery& query) = 0;
};

// The digest that an entry must have. Pure.
Sha256Digest audit_digest(std::int64_t number, const AuditEvent& event,
                          const Sha256Digest& previous);

}  // namespace conglang::server
