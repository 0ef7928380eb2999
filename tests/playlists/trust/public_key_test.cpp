#include "playlists/trust/public_key.h"

#include <gtest/gtest.h>

#include "tests/support/test_repository.h"

namespace conglang {
namespace {

// RFC 8032, section 7.1, tests 2 and 3.
constexpr std::string_view kPublic2 =
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
constexpr std::string_view kSignature2 =
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
constexpr std::string_view kPublic3 =
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";
constexpr std::string_view kSignature3 =
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
    "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";

JsonValue key_json(std::string_view digits, const char* type = "ed25519") {
  return JsonObject{{"keytype", type},
                    {"scheme", type},
                    {"keyval", JsonObject{{"public", std::string(digits)}}}};
}

TEST(PublicKey, AcceptsTheSignaturesOfRfc8032) {
  EXPECT_TRUE(is_signed_by(read_public_key(key_json(kPublic2)).value(), "\x72", kSignature2));
  EXPECT_TRUE(
      is_signed_by(read_public_key(key_json(kPublic3)).value(), "\xaf\x82", kSignature3));
}

TEST(PublicKey, RefusesASignatureOfAnotherMessageOrKey) {
  EXPECT_FALSE(is_signed_by(read_public_key(key_json(kPublic2)).value(), "\x73", kSignature2));
  EXPECT_FALSE(is_signed_by(read_public_key(key_json(kPublic3)).value(), "\x72", kSignature2));
}

TEST(PublicKey, RefusesASignatureThatIsNotWrittenIn128LowerCaseDigits) {
  const PublicKey key = read_public_key(key_json(kPublic2)).value();
  std::string upper(kSignature2);
  for (char& digit : upper) digit = static_cast<char>(std::toupper(digit));

  EXPECT_FALSE(is_signed_by(key, "\x72", ""));
  EXPECT_FALSE(is_signed_by(key, "\x72", kSignature2.substr(2)));
  EXPECT_FALSE(is_signed_by(key, "\x72", std::string(kSignature2) + "00"));
  EXPECT_FALSE(is_signed_by(key, "\x72", upper));
}

TEST(PublicKey, RefusesAKeyOfSmallOrder) {
  // The neutral element signs everything in a careless check.
  const PublicKey neutral = read_public_key(key_json("01000000000000000000000000000000"
                                                     "00000000000000000000000000000000"))
                                .value();
  EXPECT_FALSE(is_signed_by(neutral, "x", "01" + std::string(126, '0')));
}

TEST(PublicKey, ReadsAnUnknownTypeButVerifiesNothingWithIt) {
  const Result<PublicKey> key = read_public_key(key_json("04deadbeef", "future-curve"));

  ASSERT_TRUE(key.ok());
  EXPECT_FALSE(key->can_verify());
  EXPECT_FALSE(is_signed_by(*key, "\x72", kSignature2));
}

TEST(PublicKey, RefusesAnEd25519KeyOfTheWrongLength) {
  EXPECT_FALSE(read_public_key(key_json("3d40")).ok());
  EXPECT_FALSE(read_public_key(JsonObject{{"keytype", "ed25519"}}).ok());
}

TEST(PublicKey, IsWrittenAsItIsRead) {
  const PublicKey key = read_public_key(key_json(kPublic3)).value();
  EXPECT_EQ(read_public_key(write_public_key(key)).value(), key);
}

// The id is the digest of {"keytype":..,"keyval":{"public":..},"scheme":..} without spaces.
TEST(PublicKey, HasTheIdThatOtherImplementationsCompute) {
  const std::string canonical = R"({"keytype":"ed25519","keyval":{"public":")" +
                                std::string(kPublic2) + R"("},"scheme":"ed25519"})";
  EXPECT_EQ(key_id(key_json(kPublic2)).value(), sha256(std::string_view(canonical)).hex());
}

TEST(PublicKey, CountsUnknownMembersIntoTheId) {
  JsonValue extended = key_json(kPublic2);
  std::get<JsonObject>(extended.content()).emplace_back("note", "of a later version");

  EXPECT_NE(key_id(extended).value(), key_id(key_json(kPublic2)).value());
}

}  // namespace
}  // namespace conglang
