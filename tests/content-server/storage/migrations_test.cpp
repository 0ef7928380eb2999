#include "content-server/storage/migrations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "content-server/storage/sqlite_connection.h"
#include "tests/support/office_database.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

const fs::path kVersions =
    fs::path(CONGLANG_SOURCE_DIR) / "tests/content-server/storage/versions";

class Migrations : public testing::Test {
 protected:
  std::unique_ptr<SqliteConnection> open(const std::string& name) {
    auto opened = SqliteConnection::open(folder_ / name, SqliteConnection::Access::write,
                                         std::chrono::milliseconds{10});
    EXPECT_TRUE(opened.ok());
    return std::move(*opened);
  }

  Status run(SqliteConnection& connection, const std::vector<Migration>& migrations) {
    return migrate(connection, migrations, {folder_ / "backups", Instant{}});
  }

  static std::string schema_of(SqliteConnection& connection) {
    return *connection.ask_text(
        "select group_concat(sql, ';') from (select sql from sqlite_schema "
        "where sql is not null order by type, name)");
  }

  static std::int64_t version_of(SqliteConnection& connection) {
    return *connection.ask_number("select max(number) from schema_migrations");
  }

  OfficeFolder folder_;
  const std::vector<Migration> two_{{1, "001_a.sql", "create table a (x text);"},
                                    {2, "002_b.sql", "create table b (x text);"}};
};

TEST_F(Migrations, AreNumberedWithoutAGap) {
  const auto migrations = embedded_migrations();

  ASSERT_FALSE(migrations.empty());
  for (std::size_t place = 0; place < migrations.size(); ++place) {
    EXPECT_EQ(migrations[place].number, static_cast<int>(place) + 1) << migrations[place].name;
    EXPECT_EQ(std::stoi(migrations[place].name), migrations[place].number);
    EXPECT_FALSE(migrations[place].sql.empty());
  }
}

TEST_F(Migrations, EndInOneSchemaFromEmptyAndFromEveryStep) {
  const auto all = embedded_migrations();
  auto fresh = open("fresh.sqlite");
  ASSERT_TRUE(run(*fresh, all).ok());

  for (std::size_t steps = 1; steps <= all.size(); ++steps) {
    auto chained = open("chained-" + std::to_string(steps) + ".sqlite");
    ASSERT_TRUE(
        run(*chained, {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(steps)}).ok());
    const Status status = run(*chained, all);

    ASSERT_TRUE(status.ok()) << status.error().message;
    EXPECT_EQ(schema_of(*chained), schema_of(*fresh)) << "from step " << steps;
  }
}

// A file NNN.sql is what a database of version NNN dumps, with entries in it.
TEST_F(Migrations, BringEveryStoredDatabaseToTheSchemaOfAFreshOne) {
  auto fresh = open("fresh.sqlite");
  ASSERT_TRUE(run(*fresh, embedded_migrations()).ok());
  int stored = 0;
  for (const auto& version : fs::directory_iterator(kVersions)) {
    const std::string name = version.path().stem().string();
    {
      auto old = open(name + ".sqlite");
      ASSERT_TRUE(old->execute(bytes_of(version.path())).ok()) << version.path();
    }

    const auto opened = Database::open(folder_ / (name + ".sqlite"), {}, Instant{});

    ASSERT_TRUE(opened.ok()) << version.path() << opened.error().message;
    auto migrated = open(name + ".sqlite");
    EXPECT_EQ(schema_of(*migrated), schema_of(*fresh)) << version.path();
    EXPECT_GT(*migrated->ask_number("select count(*) from audit_log"), 0);
    ++stored;
  }
  EXPECT_GT(stored, 0);
}

TEST_F(Migrations, CopyTheDatabaseBeforeTheyChangeIt) {
  auto connection = open("office.sqlite");
  ASSERT_TRUE(run(*connection, {two_[0]}).ok());
  EXPECT_FALSE(fs::exists(folder_ / "backups")) << "an empty database needs no copy";
  ASSERT_TRUE(connection->execute("insert into a values ('kept')").ok());

  ASSERT_TRUE(run(*connection, two_).ok());

  auto copy = open("backups/before-migration-2-19700101T000000Z.sqlite");
  EXPECT_EQ(version_of(*copy), 1);
  EXPECT_EQ(*copy->ask_text("select x from a"), "kept");
}

TEST_F(Migrations, RefuseAStepThatWasEditedAfterwardsByName) {
  auto connection = open("office.sqlite");
  ASSERT_TRUE(run(*connection, two_).ok());
  auto edited = two_;
  edited[0].sql += "-- harmless";

  const Status status = run(*connection, edited);

  EXPECT_EQ(status.error().kind, ErrorKind::conflict);
  EXPECT_EQ(status.error().code, "migration-edited");
  EXPECT_NE(status.error().message.find("001_a.sql"), std::string::npos);
}

TEST_F(Migrations, RefuseADatabaseOfANewerProgram) {
  auto connection = open("office.sqlite");
  ASSERT_TRUE(run(*connection, two_).ok());

  const Status status = run(*connection, {two_[0]});

  EXPECT_EQ(status.error().code, "newer-database");
  EXPECT_NE(status.error().message.find("002_b.sql"), std::string::npos);
}

TEST_F(Migrations, LeaveNothingOfAStepThatBreaksOffAndGoOnAfterwards) {
  auto connection = open("office.sqlite");
  auto broken = two_;
  broken[1].sql = "create table b (x text); insert into nowhere values (1);";

  const Status status = run(*connection, broken);

  EXPECT_TRUE(status.error().message.starts_with("002_b.sql: ")) << status.error().message;
  EXPECT_EQ(version_of(*connection), 1);
  EXPECT_EQ(*connection->ask_number("select count(*) from sqlite_schema where name = 'b'"), 0);
  EXPECT_TRUE(run(*connection, two_).ok());
  EXPECT_EQ(version_of(*connection), 2);
}

TEST_F(Migrations, LeaveNothingOfAStepWhoseProgramDies) {
  auto connection = open("office.sqlite");
  ASSERT_TRUE(run(*connection, {two_[0]}).ok());
  // What a killed program leaves: the transaction ends with its connection.
  ASSERT_TRUE(connection->execute("begin exclusive; create table b (x text)").ok());
  connection.reset();

  connection = open("office.sqlite");
  ASSERT_TRUE(run(*connection, two_).ok());

  EXPECT_EQ(version_of(*connection), 2);
}

TEST_F(Migrations, WaitForAnotherProgramThatMigrates) {
  auto connection = open("office.sqlite");
  ASSERT_TRUE(run(*connection, {two_[0]}).ok());
  auto other = open("office.sqlite");
  ASSERT_TRUE(other->execute("begin exclusive").ok());

  const Status busy = run(*connection, two_);
  ASSERT_TRUE(other->execute("rollback").ok());
  const Status free = run(*connection, two_);

  EXPECT_EQ(busy.error().code, "busy");
  EXPECT_TRUE(free.ok());
}

TEST_F(Migrations, RefuseAStepThatLeavesReferencesToNothing) {
  auto connection = open("office.sqlite");
  const std::vector<Migration> dangling{
      {1, "001_a.sql",
       "create table a (x text primary key); create table b (x text references a (x));"
       "insert into b values ('nowhere');"}};

  const Status status = run(*connection, dangling);

  EXPECT_EQ(status.error().message, "001_a.sql: leaves 1 rows that refer to nothing");
  EXPECT_EQ(*connection->ask_number("select count(*) from sqlite_schema where name = 'a'"), 0);
}

}  // namespace
}  // namespace conglang::server
