#include "content-server/audit/audit_log.h"

namespace conglang::server {

Sha256Digest audit_digest(std::int64_t number, const AuditEvent& event,
                          const Sha256Digest& previous) {
  const JsonArray entry{number,        format_instant(event.at),
                        event.actor,   event.action,
                        event.subject, event.before,
                        event.after,   previous.hex()};
  return sha256(write_json(JsonValue(entry)));
}

}  // namespace conglang::server
