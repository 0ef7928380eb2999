#include "player/report/play_spool.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "player/report/read_plays.h"

namespace conglang::player {
namespace {

namespace fs = std::filesystem;

class PlaySpoolFiles : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "play-spool-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    path_ = plays_path(name);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write_bytes(const std::string& bytes) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }

  std::string read_bytes() {
    std::ostringstream bytes;
    bytes << std::ifstream(path_, std::ios::binary).rdbuf();
    return bytes.str();
  }

  void execute(const std::string& sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path_.c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
  }

  PlayHistory read(std::size_t limit = 1000) {
    auto history = read_plays(path_, limit);
    EXPECT_TRUE(history.ok()) << history.error().message;
    return history.ok() ? *history : PlayHistory{};
  }

  fs::path folder_;
  std::string path_;
};

PlayRecord play(int number) {
  PlayRecord record;
  record.id = "id-" + std::to_string(number);
  record.item = ItemId{"item-" + std::to_string(number)};
  record.asset = "tượng-đài";
  record.region = "main";
  record.programme_version = "1764000000";
  record.started_wall = Instant{Milliseconds{1'764'000'000'123 + number}};
  record.started = MonotonicTime{std::chrono::nanoseconds{987'654'321}};
  record.clock_trust = "persisted";
  record.shown = Milliseconds{9'960};
  record.frames_shown = 299;
  record.frames_late = 1;
  record.outcome = PlayOutcome::interrupted;
  record.reason = "a new programme";
  return record;
}

std::vector<PlayRecord> plays(int count) {
  std::vector<PlayRecord> records;
  for (int i = 0; i < count; ++i) records.push_back(play(i));
  return records;
}

TEST_F(PlaySpoolFiles, GivesBackEveryFieldOfARecord) {
  PlaySpool spool(path_);

  ASSERT_TRUE(spool.write(plays(1)));

  const PlayHistory history = read();
  ASSERT_EQ(history.plays.size(), 1u);
  EXPECT_EQ(history.plays[0], play(0));
}

TEST_F(PlaySpoolFiles, KeepsItsRecordsOverARestart) {
  ASSERT_TRUE(PlaySpool(path_).write(plays(2)));
  PlaySpool again(path_);

  ASSERT_TRUE(again.write(plays(1)));

  EXPECT_EQ(read().stored, 3);
  EXPECT_TRUE(again.take_events().empty());
}

TEST_F(PlaySpoolFiles, IsReadWhileItIsOpenForWriting) {
  PlaySpool spool(path_);
  ASSERT_TRUE(spool.write(plays(3)));

  EXPECT_EQ(read().stored, 3);
  ASSERT_TRUE(spool.write(plays(1)));
  EXPECT_EQ(read().stored, 4);
}

TEST_F(PlaySpoolFiles, GivesTheNewestPlaysOldestFirst) {
  ASSERT_TRUE(PlaySpool(path_).write(plays(10)));

  const PlayHistory history = read(2);

  ASSERT_EQ(history.plays.size(), 2u);
  EXPECT_EQ(history.plays[0].id, "id-8");
  EXPECT_EQ(history.plays[1].id, "id-9");
  EXPECT_EQ(history.stored, 10);
}

TEST_F(PlaySpoolFiles, DropsAndCountsTheOldestBeyondTheLimit) {
  PlaySpool spool(path_, {.records = 5});

  ASSERT_TRUE(spool.write(plays(4)));
  ASSERT_TRUE(spool.write(plays(4)));

  const PlayHistory history = read();
  EXPECT_EQ(history.stored, 5);
  EXPECT_EQ(history.dropped, 3);
  EXPECT_EQ(history.plays.front().id, "id-3");
}

TEST_F(PlaySpoolFiles, GivesIdsToRecordsWithoutOne) {
  std::vector<PlayRecord> records = plays(20);
  for (PlayRecord& record : records) record.id.clear();

  ASSERT_TRUE(PlaySpool(path_).write(records));

  std::set<std::string> ids;
  for (const PlayRecord& record : read().plays) ids.insert(record.id);
  EXPECT_EQ(ids.size(), 20u);
  EXPECT_EQ(ids.begin()->substr(0, 13), "019ab697-e87b");  // the instant, in milliseconds
}

TEST_F(PlaySpoolFiles, ReplacesAFileThatIsNoDatabase) {
  write_bytes(std::string(5000, 'x'));
  PlaySpool spool(path_);

  ASSERT_TRUE(spool.write(plays(1)));

  const auto events = spool.take_events();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].kind, EventKind::play_log_replaced);
  EXPECT_EQ(read().stored, 1);
  EXPECT_EQ(fs::file_size(path_ + ".damaged-1"), 5000u);
}

TEST_F(PlaySpoolFiles, ReplacesADatabaseOfAnotherProgram) {
  execute("CREATE TABLE recipes (name TEXT)");
  PlaySpool spool(path_);

  ASSERT_TRUE(spool.write(plays(1)));

  EXPECT_EQ(spool.take_events().size(), 1u);
  EXPECT_EQ(read().stored, 1);
}

TEST_F(PlaySpoolFiles, SetsAsideTheFileOfANewerVersion) {
  execute("CREATE TABLE plays (x TEXT); PRAGMA user_version = 3");
  PlaySpool spool(path_);

  ASSERT_TRUE(spool.write(plays(1)));

  EXPECT_TRUE(fs::exists(path_ + ".newer-1"));
  EXPECT_EQ(read().stored, 1);
}

TEST_F(PlaySpoolFiles, KeepsAtMostThreeDamagedFiles) {
  for (int i = 0; i < 5; ++i) {
    write_bytes("broken " + std::to_string(i) + std::string(5000, 'x'));
    ASSERT_TRUE(PlaySpool(path_).write(plays(1)));
  }

  EXPECT_TRUE(fs::exists(path_ + ".damaged-3"));
  EXPECT_FALSE(fs::exists(path_ + ".damaged-4"));
}

TEST_F(PlaySpoolFiles, WritesOnAfterAnyDamageToTheFile) {
  ASSERT_TRUE(PlaySpool(path_).write(plays(200)));
  const std::string good = read_bytes();
  const std::vector<std::size_t> spots{
      0,   16,   18,   28,   40,   56,   60,   96,   100,  103,
      105, 4000, 4096, 4097, 4099, 4101, 8192, 8200, 9000, good.size() - 1};

  for (const std::size_t spot : spots) {
    std::string bad = good;
    ASSERT_LT(spot, bad.size());
    bad[spot] = static_cast<char>(bad[spot] ^ 0xFF);
    write_bytes(bad);
    PlaySpool spool(path_);
    EXPECT_TRUE(spool.write(plays(1))) << "byte " << spot;
    EXPECT_GE(read().stored, 1) << "byte " << spot;
  }
}

TEST_F(PlaySpoolFiles, WritesOnAfterTheFileWasCutAnywhere) {
  ASSERT_TRUE(PlaySpool(path_).write(plays(200)));
  const std::string good = read_bytes();

  for (std::size_t length = 0; length < good.size(); length += 1500) {
    write_bytes(good.substr(0, length));
    PlaySpool spool(path_);
    EXPECT_TRUE(spool.write(plays(1))) << "length " << length;
    EXPECT_GE(read().stored, 1) << "length " << length;
  }
}

// The disk as the power left it: the log of changes had reached it up to that byte, what was
// behind is gone or zeros.
class PowerCutSpool : public PlaySpoolFiles {
 protected:
  static std::string bytes_of(const std::string& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
  }

  // What a new start finds, and that it writes on without setting anything aside.
  std::int64_t stored_after(const std::string& database, const std::string& changes) {
    const fs::path after = folder_ / "after";
    fs::remove_all(after);
    fs::create_directory(after);
    const std::string path = plays_path(after.string());
    std::ofstream(path, std::ios::binary) << database;
    std::ofstream(path + "-wal", std::ios::binary) << changes;
    PlaySpool spool(path);
    EXPECT_TRUE(spool.write(std::vector<PlayRecord>{play(99)}));
    EXPECT_TRUE(spool.take_events().empty());
    auto history = read_plays(path, 1000);
    return history ? history->stored - 1 : -1;
  }
};

TEST_F(PowerCutSpool, KeepsWhatWasWrittenWhereverThePowerGoesInTheNextWrite) {
  PlaySpool spool(path_);
  ASSERT_TRUE(spool.write(plays(3)));
  const std::size_t safe = bytes_of(path_ + "-wal").size();
  ASSERT_TRUE(spool.write(std::vector<PlayRecord>{play(10), play(11)}));
  const std::string database = bytes_of(path_), changes = bytes_of(path_ + "-wal");
  ASSERT_GT(changes.size(), safe);

  for (std::size_t length = safe; length <= changes.size(); length += 509) {
    const std::string cut = changes.substr(0, length);
    const std::int64_t stored = stored_after(database, cut);
    EXPECT_TRUE(stored == 3 || stored == 5) << length << ": " << stored;
    const std::string zeros(changes.size() - length, '\0');
    EXPECT_TRUE(stored_after(database, cut + zeros) == stored) << length;
  }
  EXPECT_EQ(stored_after(database, changes), 5);
}

// The control: what was told to be written, and had not reached the disk, is missed.
TEST_F(PowerCutSpool, WouldLoseWhatWasNotFlushedAndTheTestWouldSeeIt) {
  PlaySpool spool(path_);
  ASSERT_TRUE(spool.write(plays(3)));
  const std::string database = bytes_of(path_), changes = bytes_of(path_ + "-wal");

  EXPECT_LT(stored_after(database, changes.substr(0, changes.size() - 4096)), 3);
}

TEST_F(PlaySpoolFiles, SaysWhyItCannotWrite) {
  PlaySpool spool((folder_ / "absent" / "plays.db").string());

  const Status written = spool.write(plays(1));

  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::storage);
  EXPECT_NE(written.error().message.find("absent/plays.db"), std::string::npos);
}

TEST_F(PlaySpoolFiles, TouchesNoDiskWithoutAPath) {
  PlaySpool spool("");

  EXPECT_TRUE(spool.write(plays(3)));

  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(PlaySpoolFiles, SaysThatThereIsNoLogYet) {
  const auto history = read_plays(path_, 10);

  ASSERT_FALSE(history);
  EXPECT_EQ(history.error().kind, ErrorKind::missing);
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(PlaySpoolFiles, IsNotReadWhenANewerVersionWroteIt) {
  execute("CREATE TABLE plays (x TEXT); PRAGMA user_version = 3");

  const auto history = read_plays(path_, 10);

  ASSERT_FALSE(history);
  EXPECT_EQ(history.error().kind, ErrorKind::unsupported);
}

TEST_F(PlaySpoolFiles, IsReadFromAFolderThatCannotBeWritten) {
  ASSERT_TRUE(PlaySpool(path_).write(plays(3)));
  fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);

  const PlayHistory history = read();

  fs::permissions(folder_, fs::perms::owner_all);
  EXPECT_EQ(history.stored, 3);
}

}  // namespace
}  // namespace conglang::player
