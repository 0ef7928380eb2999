// Room laid aside for hiding: there, given up once, laid aside again.
#include "content-server/publishing/space_reserve.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/office_folder.h"

namespace conglang::server {
namespace {

TEST(SpaceReserve, IsRealRoomThatIsGivenUpOnceAndLaidAsideAgain) {
  const OfficeFolder folder;
  const SpaceReserve reserve(folder.path());
  EXPECT_FALSE(reserve.give_up());

  ASSERT_TRUE(reserve.lay_aside().ok());
  ASSERT_TRUE(reserve.lay_aside().ok());

  struct stat facts {};
  ASSERT_EQ(::stat((folder.path() / "reserve").c_str(), &facts), 0);
  EXPECT_GE(facts.st_blocks * 512, 8 << 20) << "a hole is no room";
  EXPECT_TRUE(reserve.give_up());
  EXPECT_FALSE(reserve.give_up());
  EXPECT_TRUE(reserve.lay_aside().ok());
}

}  // namespace
}  // namespace conglang::server
