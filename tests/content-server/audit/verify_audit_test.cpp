#include "content-server/audit/verify_audit.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/memory_audit_log.h"

namespace conglang::server {
namespace {

MemoryAuditLog log_of(int entries) {
  MemoryAuditLog log;
  for (int nth = 1; nth <= entries; ++nth) {
    EXPECT_TRUE(log.append({Instant{Milliseconds{nth}},
                            "person:a",
                            "release.approved",
                            "release:" + std::to_string(nth),
                            {},
                            nth})
                    .ok());
  }
  return log;
}

std::optional<AuditFault> fault_of(MemoryAuditLog& log,
                                   const std::optional<AuditAnchor>& anchor = {}) {
  const auto verdict = verify_audit(log, anchor);
  EXPECT_TRUE(verdict.ok());
  return verdict->fault;
}

AuditAnchor newest_of(const MemoryAuditLog& log) {
  return {log.entries.back().number, log.entries.back().digest};
}

TEST(VerifyAudit, AcceptsALogOfAnyLengthThatIsWhole) {
  for (const int length : {0, 1, 2, 999, 1000, 1001, 2500}) {
    MemoryAuditLog log = log_of(length);

    const auto verdict = verify_audit(log, {});

    EXPECT_EQ(verdict->fault, std::nullopt) << length;
    EXPECT_EQ(verdict->entries, length);
  }
}

TEST(VerifyAudit, NamesTheEntryThatWasAltered) {
  MemoryAuditLog log = log_of(10);
  log.entries[3].event.actor = "person:b";

  EXPECT_EQ(fault_of(log), (AuditFault{4, "entry 4: was altered"}));
}

TEST(VerifyAudit, NamesTheLowestOfSeveral) {
  MemoryAuditLog log = log_of(10);
  log.entries[7].event.subject = "release:1";
  log.entries[2].event.after = JsonValue(true);

  EXPECT_EQ(fault_of(log)->number, 3);
}

TEST(VerifyAudit, FindsAnEntryThatWasRewrittenWithItsDigest) {
  MemoryAuditLog log = log_of(10);
  AuditEntry& entry = log.entries[3];
  entry.event.actor = "person:b";
  entry.digest = audit_digest(entry.number, entry.event, entry.previous);

  EXPECT_EQ(fault_of(log), (AuditFault{5, "entry 5: does not follow entry 4"}));
}

TEST(VerifyAudit, FindsAMissingEntryAtEachEnd) {
  MemoryAuditLog first = log_of(3), middle = log_of(3), last = log_of(3);
  const AuditAnchor anchor = newest_of(last);
  first.entries.erase(first.entries.begin());
  middle.entries.erase(middle.entries.begin() + 1);
  last.entries.pop_back();

  EXPECT_EQ(fault_of(first)->why, "entry 1: is missing");
  EXPECT_EQ(fault_of(middle)->why, "entry 2: is missing");
  EXPECT_EQ(fault_of(last), std::nullopt) << "only an anchor remembers it";
  EXPECT_EQ(fault_of(last, anchor)->why, "entry 3: and all after it are missing");
}

TEST(VerifyAudit, FindsAnEmptiedLogByItsAnchor) {
  MemoryAuditLog log = log_of(3);
  const AuditAnchor anchor = newest_of(log);
  log.entries.clear();

  EXPECT_EQ(fault_of(log, anchor)->number, 1);
}

TEST(VerifyAudit, FindsATailThatWasReplacedByItsAnchor) {
  MemoryAuditLog log = log_of(5);
  const AuditAnchor anchor = newest_of(log);
  log.entries.pop_back();
  ASSERT_TRUE(
      log.append({Instant{}, "person:b", "release.approved", "release:5", {}, {}}).ok());

  EXPECT_EQ(fault_of(log, anchor)->number, 5);
}

TEST(VerifyAudit, AcceptsALogThatGrewAfterItsAnchor) {
  MemoryAuditLog log = log_of(5);
  const AuditAnchor anchor = newest_of(log);
  ASSERT_TRUE(log.append({Instant{}, "server", "office.started", "office", {}, {}}).ok());

  EXPECT_EQ(fault_of(log, anchor), std::nullopt);
}

TEST(VerifyAudit, FindsWhatWasPutBeforeTheFirst) {
  MemoryAuditLog log = log_of(1000);
  AuditEntry zero;
  zero.digest = audit_digest(0, zero.event, zero.previous);
  log.entries.insert(log.entries.begin(), zero);

  EXPECT_NE(fault_of(log), std::nullopt);
}

}  // namespace
}  // namespace conglang::server
