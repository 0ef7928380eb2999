#include "playlists/base/sha256.h"

#include <gtest/gtest.h>

namespace conglang {
namespace {

// FIPS 180-2, appendix B.
constexpr const char* kOfAbc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(sha256(std::string_view("abc")).hex(), kOfAbc);
  EXPECT_EQ(sha256(std::string_view()).hex(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')).hex(),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, GivesTheSamePieceByPiece) {
  Sha256 pieces;
  pieces.add(bytes_of("a"));
  pieces.add({});
  pieces.add(bytes_of("bc"));

  EXPECT_EQ(pieces.finish().hex(), kOfAbc);
}

TEST(ParseSha256, ReadsWhatHexWrites) {
  EXPECT_EQ(*parse_sha256(kOfAbc), sha256(std::string_view("abc")));
}

TEST(ParseSha256, RefusesEveryOtherForm) {
  const std::string digest = kOfAbc;
  EXPECT_FALSE(parse_sha256("").ok());
  EXPECT_FALSE(parse_sha256(digest.substr(1)).ok());
  EXPECT_FALSE(parse_sha256(digest + "0").ok());
  EXPECT_FALSE(parse_sha256("BA" + digest.substr(2)).ok());
  EXPECT_FALSE(parse_sha256("0x" + digest.substr(2)).ok());
}

}  // namespace
}  // namespace conglang
