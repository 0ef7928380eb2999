// What a use case of this room works with: the stores of one transaction, who acts, and when.
#pragma once

#include <string>

#include "content-server/audit/audit_log.h"
#include "content-server/publishing/release_store.h"
#include "playlists/base/json.h"

namespace conglang::server {

struct PublishingDesk {
  ReleaseStore& releases;
  AuditLog& audit;
  std::string actor;  // "person:<id>", "command-line", "server"
  Instant now{};

  // Writes it into the audit log.
  Status note(const std::string& action, const std::string& subject, JsonValue before,
              JsonValue after) const {
    return audit.append({now, actor, action, subject, std::move(before), std::move(after)});
  }
};

}  // namespace conglang::server
