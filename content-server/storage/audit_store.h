// The audit log as a table.
//
// Threads: as its connection.
#pragma once

#include <vector>

#include "content-server/audit/audit_log.h"
#include "playlists/base/result.h"

namespace soci {
class session;
}  // namespace soci

namespace conglang::server {

class SqlAuditLog : public AuditLog {
 public:
  // Requires: `session` outlives this.
  explicit SqlAuditLog(soci::session& session) : session_(session) {}

  // Fails: malformed when a text is no UTF-8 or holds a NUL; too_large; storage.
  Status append(const AuditEvent& event) override;

  // A row that cannot be what append() wrote comes with a digest of zeros, so that whoever
  // checks the chain finds it and whoever reads on is not stopped by it.
  Result<std::vector<AuditEntry>> read(const AuditQuery& query) override;

 private:
  soci::session& session_;
};

}  // namespace conglang::server
