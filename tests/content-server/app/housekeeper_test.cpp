#include "content-server/app/housekeeper.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace conglang::server {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant kStart{hours{24 * 365 * 56}};

class StillClock : public Clock {
 public:
  Instant now() const override { return kStart; }
  MonotonicTime monotonic() const override { return MonotonicTime{}; }
};

class HousekeeperTest : public ::testing::Test {
 protected:
  StillClock clock_;
  std::vector<std::string> log_;
  Housekeeper housekeeper_{clock_, [this](const std::string& line) { log_.push_back(line); }};
};

TEST_F(HousekeeperTest, AsksAChoreAgainOnlyWhenItIsDue) {
  std::vector<Instant> asked;
  housekeeper_.add({"renew", [&](Instant now) -> Result<Instant> {
                      asked.push_back(now);
                      return now + hours{1};
                    }});

  housekeeper_.round(kStart);
  housekeeper_.round(kStart + minutes{59});
  housekeeper_.round(kStart + minutes{60});

  EXPECT_EQ(asked, (std::vector{kStart, kStart + minutes{60}}));
}

TEST_F(HousekeeperTest, TriesAFailedChoreAgainAfterAMinuteAndSaysWhy) {
  int tries = 0;
  housekeeper_.add({"renew", [&](Instant) -> Result<Instant> {
                      ++tries;
                      return Error{ErrorKind::storage, "keys/timestamp.key: no such file"};
                    }});

  EXPECT_EQ(housekeeper_.round(kStart), kStart + minutes{1});
  housekeeper_.round(kStart + seconds{59});
  housekeeper_.round(kStart + minutes{1});

  EXPECT_EQ(tries, 2);
  ASSERT_FALSE(log_.empty());
  EXPECT_EQ(log_[0], "renew: keys/timestamp.key: no such file");
}

TEST_F(HousekeeperTest, AFailingChoreHoldsUpNoOther) {
  bool second = false;
  housekeeper_.add({"first", [](Instant) -> Result<Instant> {
                      return Error{ErrorKind::storage, "full"};
                    }});
  housekeeper_.add({"second", [&](Instant now) -> Result<Instant> {
                      second = true;
                      return now + hours{1};
                    }});

  housekeeper_.round(kStart);

  EXPECT_TRUE(second);
}

TEST_F(HousekeeperTest, LooksAtTheClockEveryMinuteBecauseItMayJump) {
  housekeeper_.add({"sweep", [](Instant now) -> Result<Instant> { return now + hours{24}; }});

  EXPECT_EQ(housekeeper_.round(kStart), kStart + minutes{1});
}

TEST_F(HousekeeperTest, AClockThatWasFarAheadAndComesBackStopsNothing) {
  std::vector<Instant> asked;
  housekeeper_.add({"renew", [&](Instant now) -> Result<Instant> {
                      asked.push_back(now);
                      return now + hours{24};
                    }});
  const Instant ahead = kStart + hours{24 * 365 * 73};

  housekeeper_.round(ahead);
  housekeeper_.round(kStart);
  housekeeper_.round(kStart + hours{1});

  EXPECT_EQ(asked, (std::vector{ahead, kStart}));
}

TEST_F(HousekeeperTest, AChoreThatIsAlwaysDueDoesNotSpin) {
  housekeeper_.add({"eager", [](Instant now) -> Result<Instant> { return now - hours{1}; }});

  EXPECT_EQ(housekeeper_.round(kStart), kStart + seconds{1});
}

}  // namespace
}  // namespace conglang::server
