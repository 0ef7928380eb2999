#include "player/sync/record_export.h"

#include <gtest/gtest.h>

#include "tests/player/store/crash_folder.h"
#include "tests/player/sync/fake_office.h"

namespace conglang::player {
namespace {

// Until it is over; what made it end is returned.
Status run(RecordExport& exported) {
  for (int step = 0; step < 100; ++step) {
    const auto done = exported.step();
    if (!done) return done.error();
    if (*done) return {};
  }
  return Error{ErrorKind::stopped, "it never ends"};
}

TEST(RecordExport, WritesEachBatchUnderItsNumberAndKeepsItOnTheKiosk) {
  FakeRecords records;
  records.waiting = {{7, "{7}"}, {12, "{12}"}};
  CrashFolder stick;
  RecordExport exported(records, "k1", stick, {10, 1000});

  EXPECT_TRUE(run(exported));

  EXPECT_EQ(exported.batches(), 2u);
  EXPECT_EQ(stick.names(), (CrashFolder::Names{{"records-k1-000000000007.json", "{7}"},
                                               {"records-k1-000000000012.json", "{12}"}}));
  EXPECT_EQ(records.waiting.size(), 2u);
}

TEST(RecordExport, IsBounded) {
  FakeRecords records;
  records.waiting = {{1, "{1}"}, {2, "{2}"}, {3, "{3}"}};
  CrashFolder stick;
  RecordExport exported(records, "k1", stick, {2, 1000});

  EXPECT_TRUE(run(exported));
  EXPECT_EQ(stick.names().size(), 2u);
}

TEST(RecordExport, WritesNothingThatDoesNotFit) {
  FakeRecords records;
  records.waiting = {{1, "{first}"}, {2, "{second}"}};
  CrashFolder stick;
  RecordExport exported(records, "k1", stick, {10, 10});

  const Status done = run(exported);

  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "no-space");
  EXPECT_EQ(stick.names(), (CrashFolder::Names{{export_name("k1", 1), "{first}"}}));
}

TEST(RecordExport, WritesNothingAgainThatLiesThere) {
  FakeRecords records;
  records.waiting = {{1, "{first}"}, {2, "{second}"}};
  CrashFolder stick({{export_name("k1", 1), "{first}"}, {export_name("k1", 2), "{damage}"}});
  RecordExport exported(records, "k1", stick, {10, 8});

  EXPECT_TRUE(run(exported));

  EXPECT_EQ(exported.batches(), 2u);
  EXPECT_EQ(stick.names().at(export_name("k1", 2)), "{second}");
}

TEST(RecordExport, RefusesAKioskWhoseNameIsAPath) {
  FakeRecords records;
  CrashFolder stick;
  RecordExport exported(records, "../k1", stick, {2, 1000});

  EXPECT_FALSE(exported.step());
}

TEST(RecordExport, LeavesNoHalfBatchWhateverFails) {
  for (int step = 0;; ++step) {
    FakeRecords records;
    records.waiting = {{1, "{first}"}, {2, "{second}"}};
    CrashFolder stick;
    stick.strike_at(step, CrashFolder::Fault::failure);
    RecordExport exported(records, "k1", stick, {10, 1000});

    const Status done = run(exported);

    if (!stick.was_struck()) break;
    EXPECT_FALSE(done) << "step " << step;
    for (const auto& [name, bytes] : stick.names()) {
      const bool is_batch = name == export_name("k1", 1) || name == export_name("k1", 2);
      EXPECT_TRUE(!is_batch || bytes == "{first}" || bytes == "{second}") << name;
    }
  }
}

}  // namespace
}  // namespace conglang::player
