// One who may write to the database file alters the audit log a thousand times, and is found
// a thousand times.
#include <gtest/gtest.h>
#include <soci/soci.h>

#include <random>
#include <string>

#include "content-server/audit/verify_audit.h"
#include "content-server/storage/audit_store.h"
#include "content-server/storage/migrations.h"
#include "content-server/storage/sqlite_connection.h"

namespace conglang::server {
namespace {

constexpr int kEntries = 60;

class AuditTamper : public testing::Test {
 protected:
  AuditTamper() {
    auto opened = SqliteConnection::open(":memory:", SqliteConnection::Access::write,
                                         std::chrono::milliseconds{0});
    connection_ = std::move(*opened);
    EXPECT_TRUE(migrate(*connection_, embedded_migrations(), {}).ok());
    SqlAuditLog log(connection_->session());
    for (int nth = 1; nth <= kEntries; ++nth) {
      const AuditEvent event{
          Instant{Milliseconds{1'764'000'000'000 + nth}},
          "person:" + std::to_string(nth % 4),
          "release.approved",
          "release:" + std::to_string(nth),
          nth % 2 == 0 ? JsonValue() : JsonValue(nth),
          JsonObject{{"title", "Lễ hội làng"}, {"ratio", JsonValue::Content(1.5)}}};
      EXPECT_TRUE(log.append(event).ok());
    }
    const auto newest = log.read({.most = 1});
    anchor_ = {newest->front().number, newest->front().digest};
  }

  std::optional<AuditFault> fault() {
    SqlAuditLog log(connection_->session());
    const auto verdict = verify_audit(log, anchor_);
    EXPECT_TRUE(verdict.ok()) << verdict.error().message;
    return verdict->fault;
  }

  int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random_); }
  std::string any_number() { return std::to_string(1 + below(kEntries)); }

  std::string edit() {
    static constexpr const char* kColumns[] = {
        "actor", "action", "subject", "before_json", "after_json", "previous", "digest"};
    const std::string column = kColumns[below(7)], where = " where number = " + any_number();
    const std::string set = "update audit_log set " + column + " = ";
    switch (below(6)) {
      case 0:
        return set + column + " || ' '" + where;
      case 1:
        return set + "''" + where;
      case 2:
        return set + "substr(" + column + ", 2)" + where;
      case 3:
        return set + "cast(x'ff00fe' as text)" + where;
      case 4:
        return set + "'\"other\"'" + where;
      default:
        return "update audit_log set at = at + " + std::to_string(1 + below(1000)) + where;
    }
  }

  std::string removal() {
    if (below(2) == 0) return "delete from audit_log where number = " + any_number();
    return "delete from audit_log where number >= " + any_number();
  }

  // A copy of one entry under a number that is free, or in the place of the others' numbers.
  std::string insertion() {
    const std::string columns =
        "at, actor, action, subject, before_json, after_json, previous, digest";
    const std::string from = " from audit_log where number = " + any_number();
    const std::string free = below(2) == 0 ? "0" : std::to_string(kEntries + 1);
    const std::string copy = "insert into audit_log (number, " + columns + ") select " + free +
                             ", " + columns + from;
    if (below(2) == 0) return copy;
    const std::string place = any_number();
    return "update audit_log set number = -number where number >= " + place +
           "; update audit_log set number = 1 - number where number < 0; "
           "insert into audit_log (number, " +
           columns + ") select " + place + ", " + columns +
           " from audit_log where number = " + (place == "1" ? "2" : "1");
  }

  std::string reordering() {
    const int first = 1 + below(kEntries - 1);
    const std::string low = std::to_string(first);
    const std::string high = std::to_string(first + 1 + below(kEntries - first));
    return "update audit_log set number = -1 where number = " + low +
           "; update audit_log set number = " + low + " where number = " + high +
           "; update audit_log set number = " + high + " where number = -1";
  }

  std::string tampering() {
    switch (below(4)) {
      case 0:
        return removal();
      case 1:
        return insertion();
      case 2:
        return reordering();
      default:
        return edit();
    }
  }

  std::mt19937 random_{20261123};  // NOLINT(bugprone-random-generator-seed)
  std::unique_ptr<SqliteConnection> connection_;
  AuditAnchor anchor_;
};

TEST_F(AuditTamper, IsStoppedByTheDatabaseItself) {
  for (const char* statement :
       {"update audit_log set actor = 'person:9' where number = 3", "delete from audit_log",
        "insert or replace into audit_log select * from audit_log where number = 3"}) {
    const Status status = connection_->execute(statement);

    ASSERT_FALSE(status.ok()) << statement;
    EXPECT_NE(status.error().message.find("the audit log only grows"), std::string::npos);
  }
  EXPECT_EQ(fault(), std::nullopt);
}

TEST_F(AuditTamper, IsFoundOneThousandTimesOfOneThousand) {
  ASSERT_TRUE(connection_
                  ->execute("drop trigger audit_log_keeps_entries;"
                            "drop trigger audit_log_keeps_words")
                  .ok());
  int found = 0;
  for (int nth = 0; nth < 1000; ++nth) {
    std::string statements;
    do {  // until one changes anything: emptying an empty text does not
      ASSERT_TRUE(connection_
                      ->execute("savepoint untouched; create temp table then_ as "
                                "select * from audit_log")
                      .ok());
      statements = tampering();
      ASSERT_TRUE(connection_->execute(statements).ok()) << statements;
      const auto changed = connection_->ask_number(
          "select (select count(*) from (select * from audit_log except select * from then_)) "
          "+ "
          "(select count(*) from (select * from then_ except select * from audit_log))");
      if (*changed > 0) break;
      ASSERT_TRUE(connection_->execute("rollback to untouched; release untouched").ok());
    } while (true);

    const bool is_found = fault().has_value();

    EXPECT_TRUE(is_found) << statements;
    found += is_found ? 1 : 0;
    ASSERT_TRUE(connection_->execute("rollback to untouched; release untouched").ok());
  }

  EXPECT_EQ(found, 1000);
  EXPECT_EQ(fault(), std::nullopt) << "the log itself was left as it was";
}

}  // namespace
}  // namespace conglang::server
