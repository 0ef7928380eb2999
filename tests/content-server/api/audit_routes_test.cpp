#include "content-server/api/audit_routes.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/memory_audit_log.h"

namespace conglang::server {
namespace {

TEST(AuditRoutes, ReadEveryParameter) {
  const auto query = read_audit_query({{"before", "42"},
                                       {"most", "1000"},
                                       {"actor", "person:a"},
                                       {"subject", "release:1"},
                                       {"action", "release."}});

  ASSERT_TRUE(query.ok());
  EXPECT_EQ(query->before_number, 42);
  EXPECT_EQ(query->most, 1000);
  EXPECT_EQ(query->actor, "person:a");
  EXPECT_EQ(query->subject, "release:1");
  EXPECT_EQ(query->action_prefix, "release.");
  EXPECT_TRUE(read_audit_query({}).ok());
}

TEST(AuditRoutes, RefuseParametersByName) {
  for (const auto& [name, text] :
       TextMap{{"before", "0"}, {"most", "1001"}, {"actor", ""}, {"newest", "1"}}) {
    const auto query = read_audit_query({{name, text}});

    ASSERT_FALSE(query.ok()) << name;
    EXPECT_EQ(query.error().kind, ErrorKind::malformed);
    EXPECT_TRUE(query.error().message.starts_with("parameter " + name + ": "));
  }
  for (const char* number : {"", "-1", "1 ", "0x1", "1.5", "9223372036854775808"}) {
    EXPECT_FALSE(read_audit_query({{"before", number}}).ok()) << number;
  }
  EXPECT_FALSE(read_audit_query({{"subject", std::string(513, 'x')}}).ok());
}

TEST(AuditRoutes, PageThroughTheWholeLogWithoutAGap) {
  MemoryAuditLog log;
  for (int nth = 1; nth <= 10; ++nth) {
    ASSERT_TRUE(log.append({Instant{}, "server", "office.tested", "office", {}, nth}).ok());
  }
  for (const int most : {1, 3, 5, 10, 11}) {
    AuditQuery query;
    query.most = most;
    std::int64_t expected = 10;
    for (int page = 0; page < 20; ++page) {
      const JsonValue written = write_audit_page(*log.read(query), query);
      for (const JsonValue& entry : *written.find("entries")->array()) {
        EXPECT_EQ(*entry.find("number")->integer(), expected--);
      }
      const JsonValue& next = *written.find("next_before");
      if (next.is_null()) break;
      query.before_number = *next.integer();
    }
    EXPECT_EQ(expected, 0) << "pages of " << most;
  }
}

TEST(AuditRoutes, WriteAnEmptyPage) {
  EXPECT_EQ(write_json(write_audit_page({}, {})), R"({"entries":[],"next_before":null})");
}

TEST(AuditRoutes, WriteEveryWordOfAnEntry) {
  MemoryAuditLog log;
  ASSERT_TRUE(log.append({Instant{}, "person:a", "kiosk.renamed", "kiosk:k",
                          JsonObject{{"name", "Chợ"}}, JsonObject{{"name", "Đình"}}})
                  .ok());

  EXPECT_EQ(write_json(*write_audit_page(log.entries, {}).find("entries")),
            R"([{"number":1,"at":"1970-01-01T00:00:00Z","actor":"person:a",)"
            R"("action":"kiosk.renamed","subject":"kiosk:k","before":{"name":"Chợ"},)"
            R"("after":{"name":"Đình"},"digest":")" +
                log.entries[0].digest.hex() + "\"}]");
}

}  // namespace
}  // namespace conglang::server
