// An audit log in memory, for use cases tested without a database.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "content-server/audit/audit_log.h"

namespace conglang::server {

// Keeps the chain as the real one does. The entries are open, so that a test can look, and
// can play the one who alters them.
class MemoryAuditLog : public AuditLog {
 public:
  std::vector<AuditEntry> entries;  // the oldest first

  Status append(const AuditEvent& event) override {
    AuditEntry entry;
    entry.number = entries.empty() ? 1 : entries.back().number + 1;
    entry.event = event;
    if (!entries.empty()) entry.previous = entries.back().digest;
    entry.digest = audit_digest(entry.number, event, entry.previous);
    entries.push_back(entry);
    return {};
  }

  Result<std::vector<AuditEntry>> read(const AuditQuery& query) override {
    std::vector<AuditEntry> page;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
      const AuditEvent& event = entry->event;
      if (query.before_number > 0 && entry->number >= query.before_number) continue;
      if (!query.actor.empty() && event.actor != query.actor) continue;
      if (!query.subject.empty() && event.subject != query.subject) continue;
      if (!event.action.starts_with(query.action_prefix)) continue;
      if (page.size() < static_cast<std::size_t>(std::clamp(query.most, 1, 1000))) {
        page.push_back(*entry);
      }
    }
    return page;
  }

  // "release.approved release:12", ... in their order.
  std::vector<std::string> actions() const {
    std::vector<std::string> words;
    for (const AuditEntry& entry : entries) {
      words.push_back(entry.event.action + " " + entry.event.subject);
    }
    return words;
  }
};

}  // namespace conglang::server
