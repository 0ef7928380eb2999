#include "player/app/fault_list.h"

#include <gtest/gtest.h>

namespace conglang::player {
namespace {

TEST(FaultList, HoldsAFaultUntilItsSubjectRecovers) {
  FaultList list;
  list.hear({"dns", "repository", "no address"});
  list.hear({"stalled", "files", "slow"});
  list.hear({"dns", "repository", "still none"});
  ASSERT_EQ(list.faults().size(), 2u);

  list.hear({"recovered", "repository", ""});

  ASSERT_EQ(list.faults().size(), 1u);
  EXPECT_EQ(list.faults()[0].kind, "stalled");
}

TEST(FaultList, LetsNoStrangersWordsMakeTheHeartbeatUnreadable) {
  FaultList list;
  list.hear({"wrong-offset", "files", "bytes \xff\x01 " + std::string(2000, 'x')});
  list.hear({"cut", "stick\n", "a\xe1\xba"});
  Heartbeat said;
  said.program = "p";
  said.run = "r";
  said.clock_trust = "none";
  said.faults = list.faults();

  const auto read = read_heartbeat(write(said));

  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->faults.size(), 2u);
}

}  // namespace
}  // namespace conglang::player
