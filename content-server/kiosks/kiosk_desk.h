// What a use case of this room works with: the stores of one transaction, who acts, and when.
#pragma once

#include <string>

#include "content-server/audit/audit_log.h"
#include "content-server/kiosks/kiosk_store.h"

namespace conglang::server {

struct KioskDesk {
  KioskStore& kiosks;
  AuditLog& audit;
  std::string actor;  // "person:<id>", "kiosk:<id>", "server"
  Instant now{};

  // Writes it into the audit log.
  Status note(const std::string& action, const std::string& subject, JsonValue before,
              JsonValue after) const {
    return audit.append({now, actor, action, subject, std::move(before), std::move(after)});
  }
};

// Fails: missing, naming the kiosk.
Result<Kiosk> find_kiosk(const KioskDesk& desk, const KioskId& id);

}  // namespace conglang::server
