#include "content-server/audit/verify_audit.h"

#include <vector>

namespace conglang::server {
namespace {

constexpr int kPage = 1000;

// Fed from the newest entry to the oldest, so that any length fits into memory.
class Walk {
 public:
  explicit Walk(const std::optional<AuditAnchor>& anchor) : anchor_(anchor) {}

  void add(const AuditEntry& entry) {
    if (is_first_) check_newest(entry);
    if (!is_first_) check_step(entry);
    is_first_ = false;
    if (entry.digest != audit_digest(entry.number, entry.event, entry.previous)) {
      fault(entry.number, "was altered");
    }
    if (anchor_ && entry.number == anchor_->number && entry.digest != anchor_->digest) {
      fault(entry.number, "is not the one that audit.anchor remembers");
    }
    above_ = entry.number;
    above_previous_ = entry.previous;
    ++verdict_.entries;
  }

  AuditVerdict finish() {
    if (is_first_ && anchor_) fault(1, "and all after it are missing");
    if (!is_first_ && above_ != 1) fault(1, "is missing");
    if (!is_first_ && above_ == 1 && above_previous_ != Sha256Digest{}) {
      fault(1, "refers to an entry before it");
    }
    return verdict_;
  }

 private:
  void check_newest(const AuditEntry& entry) {
    if (anchor_ && entry.number < anchor_->number) {
      fault(entry.number + 1, "and all after it are missing");
    }
  }

  void check_step(const AuditEntry& entry) {
    if (entry.number != above_ - 1) return fault(entry.number + 1, "is missing");
    if (entry.digest != above_previous_) {
      fault(above_, "does not follow entry " + std::to_string(entry.number));
    }
  }

  // Walking downwards, what comes later is lower.
  void fault(std::int64_t number, const std::string& why) {
    verdict_.fault = {number, "entry " + std::to_string(number) + ": " + why};
  }

  const std::optional<AuditAnchor>& anchor_;
  bool is_first_ = true;
  std::int64_t above_ = 0;
  Sha256Digest above_previous_;
  AuditVerdict verdict_;
};

}  // namespace

Result<AuditVerdict> verify_audit(AuditLog& log, const std::optional<AuditAnchor>& anchor) {
  Walk walk(anchor);
  AuditQuery query;
  query.most = kPage;
  for (;;) {
    const Result<std::vector<AuditEntry>> page = log.read(query);
    if (!page.ok()) return page.error();
    for (const AuditEntry& entry : *page) walk.add(entry);
    if (page->empty() || page->back().number <= 0) return walk.finish();
    query.before_number = page->back().number;
  }
}

}  // namespace conglang::server
