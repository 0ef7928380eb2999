#include "content-server/storage/sql_guard.h"

#include <gtest/gtest.h>
#include <soci/soci.h>

#include <string>

#include "content-server/storage/sqlite_connection.h"

namespace conglang::server {
namespace {

class SqlGuard : public testing::Test {
 protected:
  SqlGuard() {
    auto opened = SqliteConnection::open(":memory:", SqliteConnection::Access::write,
                                         std::chrono::milliseconds{0});
    connection_ = std::move(*opened);
    EXPECT_TRUE(connection_
                    ->execute("create table person (id text primary key, name text unique);"
                              "create table deputy (id text references person (id));"
                              "insert into person values ('a', 'An');")
                    .ok());
  }

  Status run(const std::string& statement) {
    return sql_guard("person a", [&] { connection_->session() << statement; });
  }

  std::unique_ptr<SqliteConnection> connection_;
};

TEST_F(SqlGuard, TellsADuplicateFromABrokenReference) {
  const Status key = run("insert into person values ('a', 'Binh')");
  const Status name = run("insert into person values ('b', 'An')");
  const Status reference = run("insert into deputy values ('nobody')");

  EXPECT_EQ(key.error().kind, ErrorKind::conflict);
  EXPECT_EQ(key.error().code, "duplicate");
  EXPECT_EQ(name.error().code, "duplicate");
  EXPECT_EQ(reference.error().kind, ErrorKind::conflict);
  EXPECT_EQ(reference.error().code, "reference");
}

TEST_F(SqlGuard, NamesItsSubjectAndKeepsTheDatabasesWords) {
  const Status status = run("insert into nowhere values (1)");

  EXPECT_EQ(status.error().kind, ErrorKind::storage);
  EXPECT_EQ(status.error().code, "");
  EXPECT_TRUE(status.error().message.starts_with("person a: ")) << status.error().message;
  EXPECT_NE(status.error().message.find("no such table: nowhere"), std::string::npos);
}

TEST_F(SqlGuard, GivesBackWhatTheWorkReturns) {
  const Result<int> number = sql_guard("person", [] { return 7; });
  const Result<int> refused = sql_guard("person", []() -> Result<int> {
    return Error{ErrorKind::missing, "person b: is not there"};
  });

  EXPECT_EQ(*number, 7);
  EXPECT_EQ(refused.error().kind, ErrorKind::missing);
}

TEST_F(SqlGuard, InterruptsWhatTakesTooManySteps) {
  connection_->allow_steps(1'000'000);

  const Status endless = run(
      "with recursive n (i) as (select 1 union all select i + 1 from n) select max(i) from n");

  EXPECT_EQ(endless.error().kind, ErrorKind::storage);
  EXPECT_EQ(endless.error().code, "timeout");
}

TEST(CheckedText, TakesEveryWrittenCharacter) {
  for (const char* text : {"", "a", "Xã Hòa Phong", "\xF0\x9F\x8F\xA0", "\xEF\xBF\xBD"}) {
    EXPECT_TRUE(checked_text("name", text).ok()) << text;
  }
}

TEST(CheckedText, RefusesNulAndWhatIsNoUtf8) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view text :
       {"a\0b"sv, "\0"sv, "\x80"sv, "\xC3"sv, "\xC0\x80"sv, "\xE0\x80\x80"sv, "\xED\xA0\x80"sv,
        "\xF5\x80\x80\x80"sv, "\xF4\x90\x80\x80"sv, "\xE1\xBA"sv, "\xE1\x41\x41"sv}) {
    const Status status = checked_text("name", text);

    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().kind, ErrorKind::malformed);
    EXPECT_TRUE(status.error().message.starts_with("name: "));
  }
}

}  // namespace
}  // namespace conglang::server
