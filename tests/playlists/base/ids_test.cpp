#include "playlists/base/ids.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace conglang {
namespace {

static_assert(!std::is_convertible_v<ItemId, PlaylistId>);
static_assert(!std::is_convertible_v<std::string, ItemId>);

TEST(IsValidId, AcceptsSlugsAndUuids) {
  for (const char* id :
       {"a", "0", "hoa-phong", "2f1c5b52-6d5e-4a43-9a3e-0b3e2c3d4e5f", "a--"}) {
    EXPECT_TRUE(is_valid_id(id)) << id;
  }
  EXPECT_TRUE(is_valid_id(std::string(63, 'a')));
}

TEST(IsValidId, RefusesEverythingElse) {
  for (const char* id : {"", "-a", "A", "a_b", "a.b", "a/b", "..", "a b", "a\n", "xã"}) {
    EXPECT_FALSE(is_valid_id(id)) << id;
  }
  EXPECT_FALSE(is_valid_id(std::string(64, 'a')));
}

}  // namespace
}  // namespace conglang
