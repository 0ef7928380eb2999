#include "player/report/play_log.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace conglang::player {
namespace {

using std::chrono::seconds;

MonotonicTime at(int second) { return MonotonicTime{seconds{second}}; }

PlayRecord play(int number) {
  PlayRecord record;
  record.item = ItemId{"item-" + std::to_string(number)};
  return record;
}

// Keeps what is written, or refuses.
class MemoryWriter : public PlayLogWriter {
 public:
  Status write(std::span<const PlayRecord> records) override {
    ++attempts;
    if (is_broken) return Error{ErrorKind::storage, "plays.db: disk full"};
    written.insert(written.end(), records.begin(), records.end());
    return {};
  }
  std::vector<Event> take_events() override { return std::exchange(events, {}); }

  bool is_broken = false;
  int attempts = 0;
  std::vector<PlayRecord> written;
  std::vector<Event> events;
};

TEST(PlayLog, WritesAsSoonAsABatchIsFull) {
  MemoryWriter writer;
  PlayLog log(writer);
  for (int i = 0; i < 63; ++i) log.add(play(i));
  log.step(at(1));
  EXPECT_EQ(writer.attempts, 0);

  log.add(play(63));
  log.step(at(2));

  ASSERT_EQ(writer.written.size(), 64u);
  EXPECT_EQ(writer.written.front().item, ItemId{"item-0"});
  EXPECT_EQ(writer.written.back().item, ItemId{"item-63"});
}

TEST(PlayLog, WritesASingleRecordAfterThirtySeconds) {
  MemoryWriter writer;
  PlayLog log(writer);
  log.add(play(1));

  log.step(at(100));
  log.step(at(129));
  EXPECT_EQ(writer.attempts, 0);
  log.step(at(130));
  EXPECT_EQ(writer.written.size(), 1u);
}

TEST(PlayLog, MeasuresTheAgeOfEachBatchAnew) {
  MemoryWriter writer;
  PlayLog log(writer);
  log.add(play(1));
  log.step(at(0));
  log.step(at(30));
  log.add(play(2));
  log.step(at(31));

  log.step(at(60));
  EXPECT_EQ(writer.written.size(), 1u);
  log.step(at(61));
  EXPECT_EQ(writer.written.size(), 2u);
}

TEST(PlayLog, WritesNothingWhenNothingWasPlayed) {
  MemoryWriter writer;
  PlayLog log(writer);

  log.step(at(0));
  log.step(at(1000));
  log.flush(at(1001));

  EXPECT_EQ(writer.attempts, 0);
}

TEST(PlayLog, WritesTheRestWhenFlushed) {
  MemoryWriter writer;
  PlayLog log(writer);
  log.add(play(1));

  log.flush(at(0));

  EXPECT_EQ(writer.written.size(), 1u);
}

TEST(PlayLog, KeepsItsRecordsWhileTheWriterFailsAndTellsItOnce) {
  MemoryWriter writer;
  writer.is_broken = true;
  PlayLog log(writer);
  log.add(play(1));
  log.step(at(0));

  const auto first = log.step(at(30));
  const auto second = log.step(at(60));
  writer.is_broken = false;
  log.step(at(90));

  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].kind, EventKind::play_log_failed);
  EXPECT_EQ(first[0].detail, "plays.db: disk full");
  EXPECT_TRUE(second.empty());
  EXPECT_EQ(writer.written.size(), 1u);
}

TEST(PlayLog, WaitsBetweenAttemptsOfAFailingWriter) {
  MemoryWriter writer;
  writer.is_broken = true;
  PlayLog log(writer);
  for (int i = 0; i < 200; ++i) log.add(play(i));

  for (int second = 0; second < 60; ++second) log.step(at(second));

  EXPECT_EQ(writer.attempts, 2);
}

TEST(PlayLog, DropsAndCountsTheOldestWhenTheWriterFailsForLong) {
  MemoryWriter writer;
  writer.is_broken = true;
  PlayLog log(writer, {.queue_records = 10, .waiting_records = 3});
  for (int i = 0; i < 5; ++i) log.add(play(i));

  const auto events = log.step(at(0));
  writer.is_broken = false;
  log.flush(at(1));

  EXPECT_EQ(log.lost(), 2);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].kind, EventKind::plays_lost);
  EXPECT_EQ(events[0].detail, "2 records did not fit");
  ASSERT_EQ(writer.written.size(), 3u);
  EXPECT_EQ(writer.written[0].item, ItemId{"item-2"});
}

TEST(PlayLog, LosesAndCountsTheNewestWhenTheQueueIsFull) {
  MemoryWriter writer;
  PlayLog log(writer, {.queue_records = 2});
  for (int i = 0; i < 3; ++i) log.add(play(i));

  const auto events = log.flush(at(0));

  EXPECT_EQ(log.lost(), 1);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].kind, EventKind::plays_lost);
  EXPECT_EQ(writer.written.back().item, ItemId{"item-1"});
}

TEST(PlayLog, TellsALossOnce) {
  MemoryWriter writer;
  PlayLog log(writer, {.queue_records = 1});
  log.add(play(0));
  log.add(play(1));
  log.step(at(0));

  EXPECT_TRUE(log.step(at(1)).empty());
}

TEST(PlayLog, PassesOnWhatTheWriterTells) {
  MemoryWriter writer;
  writer.events = {{EventKind::play_log_replaced, "plays.db", "damaged"}};
  PlayLog log(writer);
  log.add(play(0));

  EXPECT_EQ(log.flush(at(0)),
            (std::vector<Event>{{EventKind::play_log_replaced, "plays.db", "damaged"}}));
}

}  // namespace
}  // namespace conglang::player
