#include "player/app/strike_memory.h"

#include <gtest/gtest.h>

#include "tests/player/store/crash_folder.h"

namespace conglang::player {
namespace {

using namespace std::chrono_literals;

const std::string kBroken = "sha256:" + std::string(64, 'a');

class TwoClocks final : public Clock {
 public:
  Instant now() const override { return wall; }
  MonotonicTime monotonic() const override { return time; }

  Instant wall = parse_instant("2026-11-28T08:00:00Z").value();
  MonotonicTime time{24h};
};

// A player that ends and starts again on the same disk.
class KeptStrikes : public testing::Test {
 protected:
  void fail(int times) {
    Strikes strikes;
    for (int i = 0; i < times; ++i) strikes.record_failure(kBroken, clock_.time);
    ASSERT_TRUE(StrikeMemory(folder_, clock_).keep(strikes.list()));
  }

  // After so long, of which the machine may have been off for a part.
  Strikes restart_after(Milliseconds length, MonotonicTime up_since) {
    clock_.wall += length;
    clock_.time = up_since;
    return Strikes(StrikeMemory(folder_, clock_).load().value());
  }

  CrashFolder folder_;
  TwoClocks clock_;
};

TEST_F(KeptStrikes, LeaveAContentAloneAfterARestartToo) {
  fail(3);

  const Strikes strikes = restart_after(1min, MonotonicTime{5s});

  EXPECT_TRUE(strikes.is_quarantined(kBroken, clock_.time));
  EXPECT_EQ(strikes.next_allowed(kBroken, clock_.time), clock_.time + 9min);
}

TEST_F(KeptStrikes, AllowOneAttemptWhenTheQuarantineIsOverAndThenNone) {
  fail(3);

  Strikes strikes = restart_after(11min, MonotonicTime{5s});

  EXPECT_FALSE(strikes.is_quarantined(kBroken, clock_.time));
  strikes.record_failure(kBroken, clock_.time);
  EXPECT_TRUE(strikes.is_quarantined(kBroken, clock_.time));
}

TEST_F(KeptStrikes, AreCountedOnOverARestart) {
  fail(2);

  Strikes strikes = restart_after(1min, MonotonicTime{5s});

  EXPECT_FALSE(strikes.is_quarantined(kBroken, clock_.time));
  EXPECT_EQ(strikes.record_failure(kBroken, clock_.time), 3);
}

TEST_F(KeptStrikes, LastTenMinutesAtTheMostWhateverTheClockSays) {
  fail(3);

  const Strikes strikes = restart_after(-24h * 365, MonotonicTime{5s});

  EXPECT_EQ(strikes.next_allowed(kBroken, clock_.time), clock_.time + 10min);
}

TEST_F(KeptStrikes, AreKeptForContentsWithADigestOnly) {
  Strikes strikes;
  strikes.record_failure("item:card", clock_.time);
  strikes.record_failure("path:/tmp/a.mp4", clock_.time);
  ASSERT_TRUE(StrikeMemory(folder_, clock_).keep(strikes.list()));

  EXPECT_TRUE(StrikeMemory(folder_, clock_).load().value().empty());
}

TEST_F(KeptStrikes, AreANamedErrorWhenDamagedAndReplacedByTheNext) {
  EXPECT_TRUE(StrikeMemory(folder_, clock_).load().value().empty());
  fail(3);
  const std::string good = folder_.names().at("strikes");
  for (std::size_t length = 0; length < good.size(); ++length) {
    CrashFolder cut(CrashFolder::Names{{"strikes", good.substr(0, length)}});
    EXPECT_FALSE(StrikeMemory(cut, clock_).load()) << length;
    ASSERT_TRUE(StrikeMemory(cut, clock_).keep({}));
    EXPECT_TRUE(StrikeMemory(cut, clock_).load()) << length;
  }
}

}  // namespace
}  // namespace conglang::player
