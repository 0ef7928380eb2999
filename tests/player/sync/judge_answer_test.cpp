#include "player/sync/judge_answer.h"

#include <gtest/gtest.h>

namespace conglang::player {
namespace {

TEST(FirstByteOf, TakesOnlyAPartThatGoesToTheEndOfTheSignedLength) {
  EXPECT_EQ(first_byte_of("bytes 100-199/200", 200), 100);
  EXPECT_EQ(first_byte_of("bytes 0-0/1", 1), 0);
  for (const char* wrong :
       {"", "bytes", "bytes 100-199/*", "bytes 100-199/201", "bytes 100-198/200",
        "bytes 100-200/200", "bytes -100-199/200", "bytes 200-199/200", "bytes */200",
        "octets 100-199/200", "bytes 100-199/200 ", "bytes 99999999999999999999-199/200"}) {
    EXPECT_EQ(first_byte_of(wrong, 200), std::nullopt) << wrong;
  }
}

TEST(OriginOf, ComparesWhatMakesAServer) {
  EXPECT_EQ(origin_of("https://Host:8443/a/b?c#d"), "https://host:8443");
  EXPECT_EQ(origin_of("HTTPS://host:443"), origin_of("https://host/"));
  EXPECT_EQ(origin_of("http://host:80/x"), origin_of("http://host"));
  EXPECT_NE(origin_of("http://host"), origin_of("https://host"));
  EXPECT_NE(origin_of("https://host:444"), origin_of("https://host"));
  EXPECT_NE(origin_of("https://host@evil/"), origin_of("https://host/"));
  EXPECT_NE(origin_of("https://host.evil/"), origin_of("https://host/"));
  EXPECT_EQ(origin_of("ftp://host/"), "");
  EXPECT_EQ(origin_of(""), "");
}

}  // namespace
}  // namespace conglang::player
