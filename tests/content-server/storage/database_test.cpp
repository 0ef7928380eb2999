#include "content-server/storage/database.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/office_database.h"

namespace conglang::server {
namespace {

AuditEvent event(const std::string& subject) {
  return {Instant{}, "command-line", "office.tested", subject, {}, "so"};
}

TEST(Database, KeepsWhatWasWrittenWhenItIsOpenedAgain) {
  OfficeDatabase database;
  for (const Durability durability : {Durability::power_cut, Durability::crash}) {
    const Status written = database->write(
        durability, [](const Stores& stores) { return stores.audit.append(event("kept")); });
    ASSERT_TRUE(written.ok()) << written.error().message;
  }

  database.open_again();

  const Status read = database->read([](const Stores& stores) -> Status {
    const auto entries = stores.audit.read({});
    EXPECT_EQ(entries->size(), 2u);
    return {};
  });
  EXPECT_TRUE(read.ok());
}

}  // namespace
}  // namespace conglang::server
