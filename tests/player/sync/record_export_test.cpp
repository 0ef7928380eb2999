#include "player/sync/record_export.h"

#include <gtest/gtest.h>

#include "tests/player/store/crash_folder.h"
#include "tests/player/sync/fake_office.h"

namespace conglang::player {
namespace {

TEST(RecordExport, WritesEachBatchUnderItsNumberAndKeepsItOnTheKiosk) {
  FakeRecords records;
  records.waiting = {{7, "{7}"}, {12, "{12}"}};
  CrashFolder stick;

  EXPECT_EQ(export_records(records, "k1", stick, 10).value(), 2u);

  EXPECT_EQ(stick.names(), (CrashFolder::Names{{"records-k1-000000000007.json", "{7}"},
                                               {"records-k1-000000000012.json", "{12}"}}));
  EXPECT_EQ(records.waiting.size(), 2u);
}

TEST(RecordExport, IsBounded) {
  FakeRecords records;
  records.waiting = {{1, "{1}"}, {2, "{2}"}, {3, "{3}"}};
  CrashFolder stick;

  EXPECT_EQ(export_records(records, "k1", stick, 2).value(), 2u);
  EXPECT_EQ(stick.names().size(), 2u);
}

TEST(RecordExport, RefusesAKioskWhoseNameIsAPath) {
  FakeRecords records;
  CrashFolder stick;

  EXPECT_FALSE(export_records(records, "../k1", stick, 2));
}

TEST(RecordExport, LeavesNoHalfBatchWhateverFails) {
  for (int step = 0;; ++step) {
    FakeRecords records;
    records.waiting = {{1, "{first}"}, {2, "{second}"}};
    CrashFolder stick;
    stick.strike_at(step, CrashFolder::Fault::failure);

    const auto written = export_records(records, "k1", stick, 10);

    if (!stick.was_struck()) break;
    EXPECT_FALSE(written) << "step " << step;
    for (const auto& [name, bytes] : stick.names()) {
      const bool is_batch = name == export_name("k1", 1) || name == export_name("k1", 2);
      EXPECT_TRUE(!is_batch || bytes == "{first}" || bytes == "{second}") << name;
    }
  }
}

}  // namespace
}  // namespace conglang::player
