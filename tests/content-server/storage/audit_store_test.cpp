// What every keeper of the audit log promises. OfficeDatabase is the factory: the same tests
// hold for another kind of database.
#include "content-server/storage/audit_store.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "content-server/audit/verify_audit.h"
#include "content-server/storage/audit_anchor.h"
#include "tests/support/office_database.h"

namespace conglang::server {
namespace {

AuditEvent event(int nth) {
  return {Instant{Milliseconds{nth * 1000}},
          nth % 2 == 0 ? "person:a" : "person:b",
          nth % 3 == 0 ? "release.approved" : "kiosk.renamed",
          "release:" + std::to_string(nth % 5),
          JsonObject{{"name", "Nhà văn hóa"}},
          JsonArray{nth, true, {}}};
}

class AuditStore : public testing::Test {
 protected:
  Status add(const AuditEvent& added) {
    return database_->write(Durability::power_cut,
                            [&](const Stores& stores) { return stores.audit.append(added); });
  }

  void add_events(int count) {
    const Status status = database_->write(Durability::power_cut, [&](const Stores& stores) {
      Status added;
      for (int nth = 1; nth <= count && added.ok(); ++nth)
        added = stores.audit.append(event(nth));
      return added;
    });
    ASSERT_TRUE(status.ok()) << status.error().message;
  }

  std::vector<AuditEntry> read(const AuditQuery& query) {
    std::vector<AuditEntry> entries;
    const Status status = database_->read([&](const Stores& stores) -> Status {
      auto found = stores.audit.read(query);
      if (!found.ok()) return found.error();
      entries = std::move(*found);
      return {};
    });
    EXPECT_TRUE(status.ok());
    return entries;
  }

  OfficeDatabase database_;
};

// What only the system has is lost with the power; an anchor that names it would keep the
// office from starting.
TEST_F(AuditStore, TheAnchorNamesNoEntryThatNobodyFlushed) {
  const auto anchored = [&] {
    const auto anchor = read_audit_anchor(database_.folder().path() / "audit.anchor");
    return anchor.ok() && *anchor ? (*anchor)->number : 0;
  };
  add_events(2);
  ASSERT_EQ(anchored(), 2);
  ASSERT_TRUE(database_
                  ->write(Durability::crash,
                          [&](const Stores& stores) { return stores.audit.append(event(3)); })
                  .ok());

  ASSERT_TRUE(
      database_->write(Durability::power_cut, [](const Stores&) { return Status{}; }).ok());
  EXPECT_EQ(anchored(), 2);

  ASSERT_TRUE(add(event(4)).ok());
  EXPECT_EQ(anchored(), 4);
}

TEST_F(AuditStore, GivesBackEveryWordWithNumberAndChain) {
  add_events(3);

  const auto entries = read({});

  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[0].number, 3);
  EXPECT_EQ(entries[2].number, 1);
  EXPECT_EQ(entries[2].previous, Sha256Digest{});
  EXPECT_EQ(entries[0].previous, entries[1].digest);
  EXPECT_EQ(entries[0].digest, audit_digest(3, event(3), entries[1].digest));
  EXPECT_EQ(entries[0].event.at, event(3).at);
  EXPECT_EQ(entries[0].event.actor, "person:b");
  EXPECT_EQ(entries[0].event.before, event(3).before);
  EXPECT_EQ(entries[0].event.after, event(3).after);
}

TEST_F(AuditStore, NumbersWithoutAGapAfterAWriteThatFailed) {
  add_events(1);
  const Status failed = database_->write(Durability::power_cut, [](const Stores& stores) {
    EXPECT_TRUE(stores.audit.append(event(2)).ok());
    return Status(Error{ErrorKind::conflict, "release 1: was changed"});
  });
  ASSERT_FALSE(failed.ok());

  ASSERT_TRUE(add(event(3)).ok());

  EXPECT_EQ(read({}).front().number, 2);
}

TEST_F(AuditStore, FiltersAndPages) {
  add_events(30);

  EXPECT_EQ(read({.actor = "person:a"}).size(), 15u);
  EXPECT_EQ(read({.subject = "release:0"}).size(), 6u);
  EXPECT_EQ(read({.action_prefix = "release."}).size(), 10u);
  EXPECT_EQ(read({.action_prefix = "release.%"}).size(), 0u);
  EXPECT_EQ(
      read({.actor = "person:a", .subject = "release:0", .action_prefix = "release"}).size(),
      1u);
  const auto page = read({.before_number = 21, .most = 4, .actor = "person:a"});
  ASSERT_EQ(page.size(), 4u);
  EXPECT_EQ(page.front().number, 20);
  EXPECT_EQ(page.back().number, 14);
  EXPECT_EQ(read({.most = 0}).size(), 1u);
}

TEST_F(AuditStore, RefusesWhatItCouldNotGiveBack) {
  AuditEvent nul = event(1), bytes = event(1), empty = event(1), large = event(1);
  nul.actor = std::string("person:a\0b", 10);
  bytes.subject = "release:\xFF";
  empty.action = "";
  large.after = std::string(300 << 10, 'x');

  EXPECT_EQ(add(nul).error().kind, ErrorKind::malformed);
  EXPECT_EQ(add(bytes).error().kind, ErrorKind::malformed);
  EXPECT_EQ(add(empty).error().message, "audit event: action: is empty");
  EXPECT_EQ(add(large).error().kind, ErrorKind::too_large);
  EXPECT_TRUE(read({}).empty());
}

TEST_F(AuditStore, LeavesAnAnchorOfTheNewestEntryBesideTheDatabase) {
  add_events(7);

  const auto anchor = read_audit_anchor(database_.folder() / "audit.anchor");

  ASSERT_TRUE(anchor.ok());
  EXPECT_EQ((*anchor)->number, 7);
  EXPECT_EQ((*anchor)->digest, read({}).front().digest);
}

TEST(AuditAnchorFile, IsReadStrictly) {
  OfficeFolder folder;
  const std::string digest = Sha256Digest{}.hex();

  EXPECT_EQ(*read_audit_anchor(folder / "absent"), std::nullopt);
  for (const std::string& text :
       {std::string(), std::string("{}"), std::string("[]"),
        R"({"format":2,"number":1,"digest":")" + digest + "\"}",
        R"({"format":1,"number":0,"digest":")" + digest + "\"}",
        R"({"format":1,"number":1,"digest":")" + digest + "0\"}",
        R"({"format":1,"number":1,"digest":")" + digest + "\",\"more\":1}",
        std::string(2000, ' ')}) {
    EXPECT_FALSE(read_audit_anchor(folder.write("audit.anchor", text)).ok()) << text;
  }
}

}  // namespace
}  // namespace conglang::server
