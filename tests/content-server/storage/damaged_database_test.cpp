// Five hundred damaged files: what was lost is said when the database is opened or its audit
// log is verified, and never passed over.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "content-server/audit/verify_audit.h"
#include "content-server/storage/audit_anchor.h"
#include "content-server/storage/database.h"
#include "tests/support/office_database.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr int kEntries = 300;

// The files of a running office, as a power cut would leave them: main file, log, anchor.
struct Files {
  std::string main, log, anchor;
};

Files make_files() {
  OfficeDatabase database;
  for (int nth = 1; nth <= kEntries; ++nth) {
    const Status status = database->write(
        nth % 50 == 0 ? Durability::power_cut : Durability::crash, [&](const Stores& stores) {
          return stores.audit.append({Instant{Milliseconds{nth}},
                                      "person:a",
                                      "release.approved",
                                      "release:" + std::to_string(nth),
                                      {},
                                      nth});
        });
    EXPECT_TRUE(status.ok());
  }
  database.open_again();  // moves the log's pages into the main file
  const Status last = database->write(Durability::power_cut, [](const Stores& stores) {
    return stores.audit.append(
        {Instant{}, "person:a", "release.approved", "release:301", {}, {}});
  });
  EXPECT_TRUE(last.ok());
  return {bytes_of(database.file()), bytes_of(database.file().string() + "-wal"),
          bytes_of(database.folder() / "audit.anchor")};
}

// Empty: everything is there. Otherwise what was said.
std::string what_is_said(const Files& files) {
  OfficeFolder folder;
  const fs::path file = folder.write("office.sqlite", files.main);
  if (!files.log.empty()) folder.write("office.sqlite-wal", files.log);
  folder.write("audit.anchor", files.anchor);

  auto opened = Database::open(file, {}, Instant{});
  if (!opened.ok()) return opened.error().message;
  std::string said;
  const auto anchor = read_audit_anchor(folder / "audit.anchor");
  const Status read = (*opened)->read([&](const Stores& stores) -> Status {
    const auto verdict = verify_audit(stores.audit, *anchor);
    if (!verdict.ok()) return verdict.error();
    if (verdict->fault) said = verdict->fault->why;
    EXPECT_EQ(said.empty(), verdict->entries == kEntries + 1 && !verdict->fault);
    return {};
  });
  if (!read.ok()) return read.error().message;
  const Status pages = (*opened)->check_integrity();
  return pages.ok() ? said : pages.error().message;
}

TEST(DamagedDatabase, IsReadWholeWhenItIsNot) { EXPECT_EQ(what_is_said(make_files()), ""); }

TEST(DamagedDatabase, IsNoticedWhenItsLogIsGone) {
  Files files = make_files();
  files.log.clear();

  EXPECT_NE(what_is_said(files).find("-wal file is missing"), std::string::npos);
}

TEST(DamagedDatabase, IsNotReplacedByAnEmptyOne) {
  Files files = make_files();
  files.log.clear();
  files.main.clear();

  EXPECT_NE(what_is_said(files).find("conglang-server restore"), std::string::npos);
}

TEST(DamagedDatabase, NamesRestoreWhenItIsNoDatabase) {
  Files files = make_files();
  files.main.replace(0, 100, 100, 'x');

  const std::string said = what_is_said(files);

  EXPECT_NE(said.find("is damaged"), std::string::npos) << said;
  EXPECT_NE(said.find("conglang-server restore"), std::string::npos) << said;
}

TEST(DamagedDatabase, IsRefusedWhicheverPageIsGone) {
  constexpr std::size_t kPage = 4096;
  OfficeDatabase database;
  for (int nth = 1; nth <= kEntries; ++nth) {
    ASSERT_TRUE(database
                    ->write(Durability::crash,
                            [&](const Stores& stores) {
                              return stores.audit.append({Instant{},
                                                          "person:a",
                                                          "office.tested",
                                                          "office:" + std::to_string(nth),
                                                          {},
                                                          {}});
                            })
                    .ok());
  }
  ASSERT_TRUE(database->copy_to(database.folder() / "whole.sqlite").ok());
  const std::string whole = bytes_of(database.folder() / "whole.sqlite");
  for (std::size_t place = 0; place < whole.size(); place += kPage) {
    OfficeFolder folder;
    std::string bytes = whole;
    bytes.replace(place, kPage, kPage, '\xA5');

    const auto opened = Database::open(folder.write("office.sqlite", bytes), {}, Instant{});

    ASSERT_FALSE(opened.ok()) << "page " << place / kPage + 1;
    EXPECT_EQ(opened.error().code, "damaged-database") << opened.error().message;
  }
}

TEST(DamagedDatabase, NeverLosesAnEntrySilentlyInFiveHundredCases) {
  const Files whole = make_files();
  std::mt19937 random(7);  // NOLINT(bugprone-random-generator-seed)
  const auto below = [&random](std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
  };
  int said = 0;
  for (int nth = 0; nth < 500; ++nth) {
    Files files = whole;
    std::string& target = nth % 4 == 0 ? files.log : files.main;
    const std::size_t place = below(target.size());
    switch (below(3)) {
      case 0:
        target[place] = static_cast<char>(target[place] ^ (1 << below(8)));
        break;
      case 1:
        target.resize(place);
        break;
      default:
        target.replace(place, std::min<std::size_t>(512, target.size() - place), 512, '\0');
    }
    // Where nothing is said, what_is_said() has found every entry as it was written.
    said += what_is_said(files).empty() ? 0 : 1;
  }

  EXPECT_GT(said, 250) << "most damages hit something";
  RecordProperty("said", said);
}

}  // namespace
}  // namespace conglang::server
