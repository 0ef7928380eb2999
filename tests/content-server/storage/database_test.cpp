#include "content-server/storage/database.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <latch>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "content-server/storage/sqlite_connection.h"
#include "tests/support/office_database.h"

namespace conglang::server {
namespace {

AuditEvent event(const std::string& subject) {
  return {Instant{}, "command-line", "office.tested", subject, {}, "so"};
}

Status add(Database& database, Durability durability, const std::string& subject) {
  return database.write(
      durability, [&](const Stores& stores) { return stores.audit.append(event(subject)); });
}

std::size_t count(const Stores& stores) {
  const auto entries = stores.audit.read({.most = 1});
  return entries.ok() && !entries->empty() ? static_cast<std::size_t>(entries->front().number)
                                           : 0;
}

std::size_t count(Database& database) {
  std::size_t found = 0;
  const Status status = database.read([&](const Stores& stores) -> Status {
    found = count(stores);
    return {};
  });
  EXPECT_TRUE(status.ok());
  return found;
}

std::uintmax_t log_size(const OfficeDatabase& database) {
  return std::filesystem::file_size(database.file().string() + "-wal");
}

TEST(Database, KeepsWhatWasWrittenWhenItIsOpenedAgain) {
  OfficeDatabase database;
  ASSERT_TRUE(add(*database, Durability::power_cut, "a").ok());
  ASSERT_TRUE(add(*database, Durability::crash, "b").ok());

  database.open_again();

  EXPECT_EQ(count(*database), 2u);
}

TEST(Database, KeepsNothingOfAWriteThatFails) {
  OfficeDatabase database;
  for (const Durability durability : {Durability::power_cut, Durability::crash}) {
    const Status status = database->write(durability, [](const Stores& stores) -> Status {
      EXPECT_TRUE(stores.audit.append(event("a")).ok());
      return Error{ErrorKind::conflict, "release 1: was changed", "stale"};
    });

    EXPECT_EQ(status.error().code, "stale");
    EXPECT_EQ(count(*database), 0u);
  }
}

TEST(Database, GoesOnAfterAWorkThatThrows) {
  OfficeDatabase database({.readers = 1});
  const auto throws = [](const Stores& stores) -> Status {
    (void)stores.audit.append(event("a"));
    throw std::bad_alloc();
  };

  EXPECT_THROW((void)database->read(throws), std::bad_alloc);
  EXPECT_THROW((void)database->write(Durability::crash, throws), std::bad_alloc);
  EXPECT_THROW((void)database->write(Durability::power_cut, throws), std::bad_alloc);

  EXPECT_EQ(count(*database), 0u);
  EXPECT_TRUE(add(*database, Durability::crash, "b").ok());
  EXPECT_TRUE(add(*database, Durability::power_cut, "c").ok());
  EXPECT_EQ(count(*database), 2u);
}

TEST(Database, ReadsAViewThatDoesNotChange) {
  OfficeDatabase database;
  ASSERT_TRUE(add(*database, Durability::power_cut, "a").ok());

  const Status status = database->read([&](const Stores& stores) -> Status {
    const std::size_t before = count(stores);
    std::thread([&] { EXPECT_TRUE(add(*database, Durability::power_cut, "b").ok()); }).join();
    EXPECT_EQ(before, 1u);
    EXPECT_EQ(count(stores), 1u);
    return {};
  });

  EXPECT_TRUE(status.ok());
  EXPECT_EQ(count(*database), 2u);
}

TEST(Database, RefusesToWriteInARead) {
  OfficeDatabase database;

  const Status status =
      database->read([](const Stores& stores) { return stores.audit.append(event("a")); });

  EXPECT_EQ(status.error().kind, ErrorKind::storage);
  EXPECT_EQ(status.error().code, "read-only");
  EXPECT_EQ(count(*database), 0u);
}

TEST(DatabaseDeathTest, DiesOfATransactionInsideATransaction) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  OfficeDatabase database;

  EXPECT_DEATH((void)database->read(
                   [&](const Stores&) { return add(*database, Durability::power_cut, "a"); }),
               "no transaction is opened inside a transaction");
}

// 20,000 writes: the time that the test prints gives the rate.
TEST(Database, LetsManyThreadsShareCommitsAndUndoesEachFailureAlone) {
  constexpr int kThreads = 8, kWrites = 2500;
  OfficeDatabase database;
  std::latch start(kThreads);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      start.arrive_and_wait();
      for (int nth = 0; nth < kWrites; ++nth) {
        const bool fails = nth % 10 == 3;
        const Status status =
            database->write(Durability::crash, [&](const Stores& stores) -> Status {
              const Status added =
                  stores.audit.append(event(std::to_string(thread * kWrites + nth)));
              if (!added.ok() || !fails) return added;
              return Error{ErrorKind::missing, "kiosk: is not there"};
            });
        EXPECT_EQ(status.ok(), !fails);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  EXPECT_EQ(count(*database), static_cast<std::size_t>(kThreads * kWrites * 9 / 10));
}

TEST(Database, MixesBothDurabilitiesFromManyThreads) {
  OfficeDatabase database;
  std::vector<std::thread> threads;
  for (const Durability durability :
       {Durability::crash, Durability::power_cut, Durability::crash, Durability::power_cut}) {
    threads.emplace_back([&database, durability] {
      for (int nth = 0; nth < 50; ++nth) {
        EXPECT_TRUE(add(*database, durability, "a").ok());
        EXPECT_GT(count(*database), 0u);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  EXPECT_EQ(count(*database), 200u);
}

TEST(Database, SaysThatItIsBusyWhenAnotherProgramHoldsTheLock) {
  OfficeDatabase database({.busy = std::chrono::milliseconds{20}});
  auto other = SqliteConnection::open(database.file(), SqliteConnection::Access::write,
                                      std::chrono::milliseconds{0});
  ASSERT_TRUE((*other)->execute("begin immediate").ok());

  for (const Durability durability : {Durability::power_cut, Durability::crash}) {
    const Status status = add(*database, durability, "a");

    EXPECT_EQ(status.error().kind, ErrorKind::conflict);
    EXPECT_EQ(status.error().code, "busy");
  }
  ASSERT_TRUE((*other)->execute("rollback").ok());
  EXPECT_TRUE(add(*database, Durability::power_cut, "a").ok());
}

TEST(Database, StopsAReadThatTakesTooManySteps) {
  OfficeDatabase database({.most_steps = 10'000});
  for (int nth = 0; nth < 2000; ++nth) {
    ASSERT_TRUE(add(*database, Durability::crash, "a").ok());
  }

  const Status status = database->read([](const Stores& stores) -> Status {
    const auto entries = stores.audit.read({.most = 1000});
    return entries.ok() ? Status() : entries.error();
  });

  EXPECT_EQ(status.error().code, "timeout");
  EXPECT_EQ(count(*database), 2000u) << "the next transaction begins anew";
}

TEST(Database, EmptiesItsLogAlthoughAReaderHeldItOpenForLong) {
  constexpr std::int64_t kLogBytes = 256 << 10;
  OfficeDatabase database({.busy = std::chrono::milliseconds{1}, .log_bytes = kLogBytes});
  const std::string padding(400, 'x');

  const Status status = database->read([&](const Stores& stores) -> Status {
    EXPECT_EQ(count(stores), 0u);
    std::thread([&] {
      while (log_size(database) < kLogBytes * 2) {
        EXPECT_TRUE(add(*database, Durability::crash, padding).ok());
      }
    }).join();
    return {};
  });

  ASSERT_TRUE(status.ok());
  for (int nth = 0; nth < 2000 && log_size(database) > kLogBytes; ++nth) {
    ASSERT_TRUE(add(*database, Durability::crash, padding).ok());
  }
  std::uintmax_t largest = 0;
  for (int nth = 0; nth < 3000; ++nth) {
    ASSERT_TRUE(add(*database, Durability::crash, padding).ok());
    largest = std::max(largest, log_size(database));
  }
  EXPECT_LE(largest, static_cast<std::uintmax_t>(kLogBytes * 3 / 2)) << "again and again";
}

TEST(Database, MakesACopyThatOpensByItselfWhileOthersWrite) {
  OfficeDatabase database;
  ASSERT_TRUE(add(*database, Durability::power_cut, "a").ok());
  const auto copy = database.folder() / "copy" / "office.sqlite";
  std::filesystem::create_directories(copy.parent_path());

  const Status copied = database->copy_to(copy);
  ASSERT_TRUE(add(*database, Durability::power_cut, "b").ok());

  ASSERT_TRUE(copied.ok()) << copied.error().message;
  EXPECT_EQ(database->copy_to(copy).error().kind, ErrorKind::conflict);
  auto opened = Database::open(copy, {}, Instant{});
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  EXPECT_EQ(count(**opened), 1u);
  EXPECT_TRUE((*opened)->check_integrity().ok());
}

TEST(Database, IsReadableForItsOwnerAlone) {
  OfficeDatabase database;
  ASSERT_TRUE(add(*database, Durability::power_cut, "a").ok());
  const auto copy = database.folder() / "copy.sqlite";
  ASSERT_TRUE(database->copy_to(copy).ok());

  for (const std::filesystem::path& file :
       {database.file(), std::filesystem::path(database.file().string() + "-wal"), copy,
        database.folder() / "audit.anchor"}) {
    const auto mode = std::filesystem::status(file).permissions();
    EXPECT_EQ(mode & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
              std::filesystem::perms::none)
        << file;
  }
}

TEST(Database, LeavesAnotherProgramsDatabaseAlone) {
  OfficeFolder folder;
  auto other = SqliteConnection::open(folder / "office.sqlite", SqliteConnection::Access::write,
                                      std::chrono::milliseconds{0});
  ASSERT_TRUE((*other)->execute("create table songs (name text)").ok());
  other->reset();
  const std::string before = bytes_of(folder / "office.sqlite");

  const auto opened = Database::open(folder / "office.sqlite", {}, Instant{});

  EXPECT_EQ(opened.error().kind, ErrorKind::unsupported);
  EXPECT_EQ(bytes_of(folder / "office.sqlite"), before);
}

}  // namespace
}  // namespace conglang::server
