#include "player/store/parts_file.h"

#include <gtest/gtest.h>

#include "playlists/base/sha256.h"

namespace conglang::player {
namespace {

Parts some_parts() {
  return {{"empty", ""}, {"lines", "a 1\nb\n\n"}, {"root", std::string("\0\xff{}", 4)}};
}

TEST(PartsFile, GivesBackWhatWasWritten) {
  const auto read = read_parts(write_parts(some_parts()));

  ASSERT_TRUE(read);
  EXPECT_EQ(*read, some_parts());
}

TEST(PartsFile, MayHoldNothing) {
  const auto read = read_parts(write_parts({}));

  ASSERT_TRUE(read);
  EXPECT_TRUE(read->empty());
}

TEST(PartsFile, IsRefusedWhenAnyByteDiffers) {
  const std::string good = write_parts(some_parts());

  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const int bit : {0x01, 0x20, 0x80}) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ bit);
      EXPECT_FALSE(read_parts(bad)) << "byte " << i;
    }
  }
}

TEST(PartsFile, IsRefusedWhenItIsCutOrGoesOn) {
  const std::string good = write_parts(some_parts());

  for (std::size_t length = 0; length < good.size(); ++length) {
    EXPECT_FALSE(read_parts(good.substr(0, length))) << "length " << length;
  }
  EXPECT_FALSE(read_parts(good + "x"));
}

// A seal can be made by anybody: the form is checked as well.
TEST(PartsFile, IsRefusedWhenItsFormIsWrongUnderAGoodSeal) {
  const std::string good = write_parts({{"root", "12345"}});
  const auto sealed = [](const std::string& body) {
    return body + "sha256 " + sha256(std::string_view(body)).hex() + "\n";
  };
  const std::string body = good.substr(0, good.size() - 72);
  ASSERT_EQ(sealed(body), good);
  const std::string head = "conglang parts 1\n";

  EXPECT_FALSE(read_parts(sealed("conglang parts 2\nroot 5\n12345\n")));
  EXPECT_FALSE(read_parts(sealed(head + "root 6\n12345\n")));
  EXPECT_FALSE(read_parts(sealed(head + "root 4\n12345\n")));
  EXPECT_FALSE(read_parts(sealed(head + "root 18446744073709551615\n12345\n")));
  EXPECT_FALSE(read_parts(sealed(head + "root 99999999999999999999\n12345\n")));
  EXPECT_FALSE(read_parts(sealed(head + "root -1\n12345\n")));
  EXPECT_FALSE(read_parts(sealed(head + "root\n12345\n")));
  EXPECT_FALSE(read_parts(sealed(head + "root 0\n")));
  EXPECT_FALSE(read_parts(sealed(head + "x")));
}

}  // namespace
}  // namespace conglang::player
