#include "player/store/data_lock.h"

#include <gtest/gtest.h>

#include <optional>

#include "tests/player/store/temporary_folder.h"

namespace conglang::player {
namespace {

class DataLock : public TemporaryFolder {};

TEST_F(DataLock, IsHeldByOneAtATime) {
  std::optional<FileHandle> held(std::move(*lock_data_folder(folder_.string())));

  const auto second = lock_data_folder(folder_.string());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::conflict);

  held.reset();
  EXPECT_TRUE(lock_data_folder(folder_.string()));
}

TEST_F(DataLock, NamesAFolderThatIsNotThere) {
  EXPECT_EQ(lock_data_folder(at("nowhere")).error().kind, ErrorKind::missing);
}

}  // namespace
}  // namespace conglang::player
