#include "player/report/record_store.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "player/report/play_spool.h"
#include "player/report/plays_schema.h"
#include "player/report/read_plays.h"
#include "playlists/base/json.h"

namespace conglang::player {
namespace {

namespace fs = std::filesystem;

constexpr Instant kStart{std::chrono::hours{24 * 365 * 56}};

class MemoryReserve : public SequenceReserve {
 public:
  Result<std::int64_t> reserved() override { return below; }
  Status reserve(std::int64_t number) override {
    if (fails) return Error{ErrorKind::storage, "no space"};
    below = number;
    return {};
  }
  std::int64_t below = 1;
  bool fails = false;
};

class RecordStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "record-store-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    path_ = plays_path(name);
  }
  void TearDown() override { fs::remove_all(folder_); }

  RecordStore store(BatchLimits limits = {}) {
    return RecordStore({path_, KioskId{"gate"},
                        [](std::string_view) { return std::string(128, 'a'); }, reserve_,
                        limits});
  }

  void play(const std::string& item, int times = 1) {
    PlaySpool spool(path_);
    std::vector<PlayRecord> records(static_cast<std::size_t>(times));
    for (PlayRecord& record : records) {
      record.item = ItemId{item};
      record.started_wall = kStart;
    }
    ASSERT_TRUE(spool.write(records).ok());
  }

  void happen(const std::string& subject, const std::string& detail = "") {
    PlaySpool spool(path_);
    const std::vector<LoggedEvent> events{{{EventKind::missing, subject, detail}, kStart}};
    ASSERT_TRUE(spool.write_events(events).ok());
  }

  void execute(const std::string& sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path_.c_str(), &database), SQLITE_OK);
    char* fault = nullptr;
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &fault), SQLITE_OK)
        << fault;
    sqlite3_close(database);
  }

  static RecordBatch read(const StoredBatch& stored) {
    const auto json = parse_json(stored.body);
    EXPECT_TRUE(json.ok());
    auto batch = read_signed_batch(*json);
    EXPECT_TRUE(batch.ok()) << (batch.ok() ? "" : batch.error().message);
    return batch.ok() ? batch->batch : RecordBatch{};
  }

  static StoredBatch taken(Result<std::optional<StoredBatch>> batch) {
    EXPECT_TRUE(batch.ok()) << (batch.ok() ? "" : batch.error().message);
    EXPECT_TRUE(batch.ok() && batch->has_value()) << "nothing waits";
    return batch.ok() && *batch ? **batch : StoredBatch{};
  }

  fs::path folder_;
  std::string path_;
  MemoryReserve reserve_;
};

TEST_F(RecordStoreTest, HasNothingToSendBeforeAnythingWasShown) {
  const auto batch = store().next(0);

  ASSERT_TRUE(batch.ok());
  EXPECT_FALSE(batch->has_value());
  EXPECT_FALSE(fs::exists(path_)) << "only the spool makes the file";
}

TEST_F(RecordStoreTest, PutsPlaysAndEventsIntoOneSignedBatch) {
  play("film");
  happen("clip.mp4", "no such file");

  const RecordBatch batch = read(taken(store().next(0)));

  EXPECT_EQ(batch.sequence, 1);
  EXPECT_EQ(batch.kiosk, KioskId{"gate"});
  ASSERT_EQ(batch.plays.size(), 1u);
  EXPECT_EQ(batch.plays[0].item, "film");
  ASSERT_EQ(batch.events.size(), 1u);
  EXPECT_EQ(batch.events[0].detail, "no such file");
}

TEST_F(RecordStoreTest, SendsTheSameBytesAgainUntilTheyAreNamed) {
  play("film");
  const StoredBatch first = taken(store().next(0));
  play("other");

  EXPECT_EQ(taken(store().next(0)), first) << "also after a restart";
  const RecordBatch second = read(taken(store().next(first.sequence)));

  EXPECT_EQ(second.sequence, 2);
  EXPECT_EQ(second.plays.at(0).item, "other");
}

TEST_F(RecordStoreTest, DeletesOnlyWhatTheAnswerNames) {
  play("film", 3);
  const StoredBatch sent = taken(store().next(0));
  const RecordBatch batch = read(sent);

  ASSERT_TRUE(store().acknowledge(1, {1, {batch.plays[0].id, batch.plays[2].id, "x"}}).ok());

  EXPECT_EQ(*store().waiting(), 1);
  const RecordBatch rest = read(taken(store().next(0)));
  EXPECT_EQ(rest.sequence, 2);
  ASSERT_EQ(rest.plays.size(), 1u);
  EXPECT_EQ(rest.plays[0].id, batch.plays[1].id);
}

TEST_F(RecordStoreTest, AnAnswerToAnotherBatchChangesNothing) {
  play("film");
  const RecordBatch batch = read(taken(store().next(0)));

  EXPECT_FALSE(store().acknowledge(1, {2, {batch.plays[0].id}}).ok());
  EXPECT_FALSE(store().acknowledge(7, {7, {batch.plays[0].id}}).ok());

  EXPECT_EQ(*store().waiting(), 1);
}

TEST_F(RecordStoreTest, AReplayedAnswerDeletesNoLaterRecord) {
  play("film");
  const RecordBatch batch = read(taken(store().next(0)));
  ASSERT_TRUE(store().acknowledge(1, {1, {batch.plays[0].id}}).ok());
  play("other");
  taken(store().next(0));

  EXPECT_FALSE(store().acknowledge(1, {1, {batch.plays[0].id}}).ok());

  EXPECT_EQ(*store().waiting(), 1);
}

TEST_F(RecordStoreTest, ABatchStaysWithinItsLimits) {
  play("film", 25);

  const RecordBatch ten = read(taken(store({.records = 10}).next(0)));
  EXPECT_EQ(ten.plays.size(), 10u);

  happen(std::string(400, 'x'));
  happen(std::string(400, 'y'));
  const RecordBatch small = read(taken(store({.records = 100, .bytes = 600}).next(1)));
  EXPECT_EQ(small.events.size(), 1u);
}

TEST_F(RecordStoreTest, ANumberNeverStandsForTwoBatches) {
  play("film");
  const StoredBatch before = taken(store().next(0));
  for (const char* part : {"", "-wal", "-shm"}) fs::remove(path_ + part);
  play("other");

  const StoredBatch after = taken(store().next(0));

  EXPECT_GT(after.sequence, before.sequence);
}

TEST_F(RecordStoreTest, NoBatchIsMadeWhileItsNumberCannotBeReserved) {
  play("film");
  reserve_.fails = true;

  EXPECT_FALSE(store().next(0).ok());

  reserve_.fails = false;
  EXPECT_EQ(taken(store().next(0)).sequence, 1);
}

TEST_F(RecordStoreTest, APlayLogOfTheFirstVersionKeepsItsPlays) {
  execute(std::string(kPlaysSchema1) +
          "INSERT INTO plays (id, item, asset, region, programme_version, started_wall_ms,"
          " started_monotonic_ns, clock_trust, shown_ms, frames_shown, frames_late, outcome,"
          " reason) VALUES ('old-1', 'film', '', 'main', '3', 5, 5, 'none', 1, 1, 0,"
          " 'completed', '')");
  EXPECT_FALSE(store().next(0)->has_value()) << "its writer brings it up to date";

  play("other");

  EXPECT_EQ(read_plays(path_, 10)->plays.size(), 2u);
  const RecordBatch batch = read(taken(store().next(0)));
  ASSERT_EQ(batch.plays.size(), 2u);
  EXPECT_EQ(batch.plays[0].id, "old-1");
}

TEST_F(RecordStoreTest, NoTextOfAKioskIsRefusedByTheWire) {
  const std::string odd[] = {std::string("\0zero", 5),
                             "\xff\xfe bytes",
                             "a\nb\r\n",
                             "\u202eabc",
                             "\uFFFE\uFFFF",
                             std::string(5000, 'x'),
                             "e\u0302\u0301" + std::string(700, 'a'),
                             "\\\"'; DROP TABLE",
                             "",
                             " ",
                             "\U0001F3EF cổng làng"};
  for (const std::string& text : odd) {
    happen(text, text);
    play(text);
  }
  execute("UPDATE plays SET outcome = 'odd', clock_trust = '', frames_late = -5");

  const RecordBatch batch = read(taken(store().next(0)));

  EXPECT_EQ(batch.events.size(), std::size(odd));
  EXPECT_EQ(batch.plays.size(), std::size(odd));
}

TEST_F(RecordStoreTest, ARowWithoutAGoodIdDoesNotHoldUpTheOthers) {
  play("film", 2);
  execute("UPDATE plays SET id = 'Not An Id' WHERE seq = 1");

  const RecordBatch batch = read(taken(store().next(0)));

  EXPECT_EQ(batch.plays.size(), 1u);
  ASSERT_TRUE(store().acknowledge(1, {1, {batch.plays[0].id}}).ok());
  EXPECT_FALSE(store().next(0)->has_value());
}

// A child that stores and acknowledges until it is killed, at another moment each time: every
// record is in the file, or was named by an acknowledgement that the child had begun.
TEST_F(RecordStoreTest, AKillLosesNothingAndSplitsNoBatch) {
  for (int round = 0; round < 10; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      for (int i = 0;; ++i) {
        PlaySpool spool(path_);
        PlayRecord record;
        record.item = ItemId{"item"};
        record.started_wall = kStart;
        static_cast<void>(spool.write({&record, 1}));
        static_cast<void>(store({.records = 3}).next(0));
      }
    }
    ::usleep(static_cast<useconds_t>(15'000 + round * 7'000));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);

    const auto before = store().next(0);
    if (!before.ok() || !*before) continue;
    EXPECT_EQ(taken(store().next(0)), **before);
    EXPECT_LE(read(**before).plays.size(), 3u);
  }
}

}  // namespace
}  // namespace conglang::player
