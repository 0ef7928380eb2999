#include "content-server/ops/backup.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <set>
#include <stop_token>
#include <string>
#include <thread>

#include "content-server/audit/verify_audit.h"
#include "content-server/storage/audit_anchor.h"
#include "tests/support/office_database.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr Instant kNow{std::chrono::hours{24 * 365 * 56}};

class Backup : public testing::Test {
 protected:
  Backup() {
    office().write("keys/timestamp.key", "secret");
    office().write("tls/server.pem", "certificate");
    office().write("conglang.toml", "[server]\n");
    office().write("repository/metadata/timestamp.json", "{\"version\":5}");
    office().write("repository/metadata/5.snapshot.json", "{}");
    office().write("repository/targets/assets/" + std::string(64, 'a') + ".Nhà văn hóa.png",
                   std::string(3 << 20, 'p'));
    office().write("repository/targets/empty", "");
    office().write("assets/staged", "bytes");
    office().write("assets/half.tmp", "unfinished");
    office().write("uploads/incomplete", "unfinished");
    office().write("backups/older.tar", "older");
    for (int nth = 1; nth <= 20; ++nth) append(nth);
  }

  const OfficeFolder& office() const { return database_.folder(); }

  void append(int nth) {
    const Status status = database_->write(Durability::power_cut, [&](const Stores& stores) {
      return stores.audit.append(
          {kNow, "person:a", "release.approved", "release:" + std::to_string(nth), {}, nth});
    });
    EXPECT_TRUE(status.ok());
  }

  BackupSource source() {
    return {office().path(), [this](const fs::path& copy) { return database_->copy_to(copy); },
            "0.1.0"};
  }

  fs::path file() const { return elsewhere_ / "office.tar"; }
  fs::path restored() const { return elsewhere_ / "restored"; }

  void make() {
    const auto made = make_backup(source(), file(), kNow, {});
    ASSERT_TRUE(made.ok()) << made.error().message;
  }

  Result<BackupManifest> restore() { return restore_backup(file(), restored(), kNow, {}); }

  std::set<std::string> names_in(const fs::path& folder) const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
      names.insert(entry.path().filename().string());
    }
    return names;
  }

  OfficeDatabase database_;
  OfficeFolder elsewhere_;
};

TEST_F(Backup, BringsAnOfficeBackIntoAnEmptyFolder) {
  make();

  const auto manifest = restore();

  ASSERT_TRUE(manifest.ok()) << manifest.error().message;
  EXPECT_EQ(manifest->program, "0.1.0");
  EXPECT_EQ(manifest->made_at, kNow);
  for (const auto& [name, digest] : manifest->files) {
    if (name == "office.sqlite") continue;  // a compact copy
    EXPECT_EQ(bytes_of(restored() / name), bytes_of(office() / name)) << name;
  }
  EXPECT_EQ(names_in(restored()),
            (std::set<std::string>{"office.sqlite", "audit.anchor", "conglang.toml", "keys",
                                   "tls", "repository", "assets", "restored.json"}));
  EXPECT_FALSE(fs::exists(restored() / "assets/half.tmp"));
}

TEST_F(Backup, KeepsTheChainOfTheAuditLog) {
  make();
  append(21);
  ASSERT_TRUE(restore().ok());

  auto opened = Database::open(restored() / "office.sqlite", {}, kNow);

  ASSERT_TRUE(opened.ok()) << opened.error().message;
  const auto anchor = read_audit_anchor(restored() / "audit.anchor");
  const Status read = (*opened)->read([&](const Stores& stores) -> Status {
    const auto verdict = verify_audit(stores.audit, *anchor);
    EXPECT_EQ(verdict->entries, 20);
    EXPECT_EQ(verdict->fault, std::nullopt);
    return {};
  });
  EXPECT_TRUE(read.ok());
}

TEST_F(Backup, MadeWhileOthersWriteIsWholeAllTheSame) {
  std::jthread writer([this](const std::stop_token& stop) {
    for (int nth = 21; !stop.stop_requested(); ++nth) append(nth);
  });
  for (int round = 0; round < 5; ++round) {
    fs::remove(file());
    fs::remove_all(restored());
    make();
    ASSERT_TRUE(restore().ok());

    auto opened = Database::open(restored() / "office.sqlite", {}, kNow);

    ASSERT_TRUE(opened.ok()) << opened.error().message;
    const auto anchor = read_audit_anchor(restored() / "audit.anchor");
    const Status read = (*opened)->read([&](const Stores& stores) -> Status {
      EXPECT_EQ(verify_audit(stores.audit, *anchor)->fault, std::nullopt);
      return {};
    });
    EXPECT_TRUE(read.ok());
  }
}

TEST_F(Backup, KeepsSecretsForTheirOwner) {
  make();
  ASSERT_TRUE(restore().ok());

  const auto mode = [](const fs::path& path) {
    return fs::status(path).permissions() & fs::perms::all;
  };
  constexpr fs::perms kOwnFile = fs::perms::owner_read | fs::perms::owner_write;
  EXPECT_EQ(mode(file()), kOwnFile);
  EXPECT_EQ(mode(restored()), fs::perms::owner_all);
  EXPECT_EQ(mode(restored() / "keys"), fs::perms::owner_all);
  EXPECT_EQ(mode(restored() / "keys/timestamp.key"), kOwnFile);
  EXPECT_EQ(mode(restored() / "office.sqlite"), kOwnFile);
}

TEST_F(Backup, MarksTheOfficeAsRestoredUntilSomebodyHasActed) {
  make();
  ASSERT_TRUE(restore_backup(file(), restored(), kNow + std::chrono::hours{1}, {}).ok());

  const auto mark = read_restored_mark(restored());
  ASSERT_TRUE(mark.ok() && mark->has_value());
  EXPECT_EQ((*mark)->restored_at, kNow + std::chrono::hours{1});
  EXPECT_EQ((*mark)->made_at, kNow);
  ASSERT_TRUE(remove_restored_mark(restored()).ok());
  EXPECT_FALSE(read_restored_mark(restored())->has_value());
  EXPECT_FALSE(read_restored_mark(office().path())->has_value());
}

TEST_F(Backup, IsRestoredOnlyIntoAnEmptyFolder) {
  make();
  fs::create_directories(restored());
  std::ofstream(restored() / "other") << "mine";

  const auto refused = restore();
  fs::remove(restored() / "other");
  const auto taken = restore();

  EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
  EXPECT_TRUE(taken.ok());
}

TEST_F(Backup, IsListedByAnyTar) {
  make();

  const std::string list = file().string() + ".list";
  ASSERT_EQ(std::system(("tar -tf '" + file().string() + "' > '" + list + "'").c_str()), 0);

  const std::string names = bytes_of(list);
  EXPECT_NE(names.find("office.sqlite\n"), std::string::npos) << names;
  EXPECT_NE(names.find("manifest.json\n"), std::string::npos);
}

TEST_F(Backup, NamesTheFileThatWasChanged) {
  make();
  std::string bytes = bytes_of(file());
  const std::size_t place = bytes.find("secret");
  ASSERT_NE(place, std::string::npos);
  bytes[place] = 'S';
  elsewhere_.write("office.tar", bytes);

  const auto refused = restore();

  EXPECT_EQ(refused.error().kind, ErrorKind::untrusted);
  EXPECT_NE(refused.error().message.find("keys/timestamp.key"), std::string::npos);
  EXPECT_FALSE(fs::exists(restored()));
  EXPECT_EQ(names_in(elsewhere_.path()), std::set<std::string>{"office.tar"});
}

TEST_F(Backup, IsRefusedWhereverItIsDamaged) {
  fs::remove_all(office() / "repository/targets");
  make();
  const std::string whole = bytes_of(file());
  std::mt19937 random(11);  // NOLINT(bugprone-random-generator-seed)
  std::uniform_int_distribution<std::size_t> places(0, whole.size() - 1);
  for (int nth = 0; nth < 200; ++nth) {
    std::string bytes = whole;
    const std::size_t place = places(random);
    if (nth % 2 == 0) bytes.resize(place);
    if (nth % 2 == 1) bytes[place] = static_cast<char>(bytes[place] ^ 0x10);
    elsewhere_.write("office.tar", bytes);

    const auto result = restore();

    // What fills a file up to whole blocks, and the end, carry nothing.
    const bool is_filling = whole[place] == '\0' && nth % 2 == 1;
    const bool is_end = nth % 2 == 0 && place >= whole.size() - 512;
    EXPECT_TRUE(!result.ok() || is_filling || is_end) << place;
    EXPECT_EQ(fs::exists(restored()), result.ok());
    fs::remove_all(restored());
  }
}

TEST_F(Backup, TakesNoFileThatHasNoPlaceInIt) {
  for (const char* name :
       {"../outside", "/etc/passwd", "keys/../../outside", "keys//a", "keys/", "keys", "other",
        "repository/./a", "repository/a\nb", "assets/a\\b", "manifest.json", ""}) {
    EXPECT_FALSE(may_be_in_backup(name)) << name;
  }
  for (const char* name : {"office.sqlite", "keys/a", "repository/metadata/1.root.json"}) {
    EXPECT_TRUE(may_be_in_backup(name)) << name;
  }
}

TEST_F(Backup, BeginsAnewWhenKeysChangeMeanwhile) {
  int changes = 1;
  const auto change = [&](const BackupProgress& progress) {
    if (progress.name == "tls/server.pem" && changes-- > 0) {
      office().write("keys/timestamp-next.key", "another");
    }
    return true;
  };
  ASSERT_TRUE(make_backup(source(), file(), kNow, change).ok());
  ASSERT_TRUE(restore().ok());
  EXPECT_TRUE(fs::exists(restored() / "keys/timestamp-next.key"));
}

TEST_F(Backup, GivesUpWhenKeysChangeAgainAndAgain) {
  int changes = 0;
  const auto change = [&](const BackupProgress& progress) {
    if (progress.name == "tls/server.pem") {
      office().write("repository/metadata/" + std::to_string(++changes) + ".root.json", "{}");
    }
    return true;
  };
  const auto made = make_backup(source(), file(), kNow, change);
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, "keys-changed");
  EXPECT_FALSE(fs::exists(file()));
}

TEST_F(Backup, ThatIsStoppedLeavesNothing) {
  const auto stop_at_third = [](const BackupProgress& progress) { return progress.files < 3; };

  const auto stopped = make_backup(source(), file(), kNow, stop_at_third);

  EXPECT_EQ(stopped.error().kind, ErrorKind::stopped);
  EXPECT_TRUE(names_in(elsewhere_.path()).empty());

  make();
  EXPECT_EQ(restore_backup(file(), restored(), kNow, stop_at_third).error().kind,
            ErrorKind::stopped);
  EXPECT_EQ(names_in(elsewhere_.path()), std::set<std::string>{"office.tar"});
}

TEST_F(Backup, IsNotWrittenOverAnother) {
  make();

  EXPECT_EQ(make_backup(source(), file(), kNow, {}).error().kind, ErrorKind::conflict);
}

TEST_F(Backup, KeepsTheNewestOnes) {
  for (int day = 0; day < 5; ++day) {
    elsewhere_.write(backup_name(kNow + std::chrono::hours{24 * day}), "");
  }
  elsewhere_.write("conglang-by-hand.tar", "");

  EXPECT_EQ(*remove_old_backups(elsewhere_.path(), 2), 3);
  EXPECT_EQ(*remove_old_backups(elsewhere_.path(), 2), 0);

  EXPECT_EQ(
      names_in(elsewhere_.path()),
      (std::set<std::string>{"conglang-by-hand.tar", backup_name(kNow + std::chrono::hours{72}),
                             backup_name(kNow + std::chrono::hours{96})}));
}

}  // namespace
}  // namespace conglang::server
