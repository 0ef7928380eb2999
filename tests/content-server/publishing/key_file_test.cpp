#include "content-server/publishing/key_file.h"

#include <gtest/gtest.h>

#include "playlists/base/json.h"

namespace conglang::server {
namespace {

Secret passphrase(const std::string& text = "mái đình cây đa giếng nước") {
  return normalize_passphrase(text).value();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(KeyFile, InClearGivesTheSameKeyAgain) {
  const SigningKey key = SigningKey::generate();

  const Result<SigningKey> read =
      read_key_file(write_key_file("snapshot", key), "snapshot", nullptr);

  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->id(), key.id());
  EXPECT_TRUE(is_signed_by(key.public_key(), "xin chào", read->sign("xin chào")));
}

TEST(KeyFile, IsForOneRole) {
  const std::string bytes = write_key_file("snapshot", SigningKey::generate());
  EXPECT_FALSE(read_key_file(bytes, "timestamp", nullptr).ok());
}

TEST(KeyFile, LockedOpensWithItsPassphraseAlone) {
  const SigningKey key = SigningKey::generate();
  const Secret right = passphrase();
  const Secret wrong = passphrase("mái đình cây đa giếng cổ");
  const std::string bytes = write_locked_key_file("targets", key, right).value();

  ASSERT_TRUE(is_locked(bytes).value());
  EXPECT_EQ(read_key_file(bytes, "targets", &right)->id(), key.id());
  const Result<SigningKey> refused = read_key_file(bytes, "targets", &wrong);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::untrusted);
  EXPECT_FALSE(read_key_file(bytes, "targets", nullptr).ok());
}

TEST(KeyFile, LockedHoldsNoPrivateBytesAndStatesItsCost) {
  const SigningKey key = SigningKey::generate();
  const std::string bytes = write_locked_key_file("root", key, passphrase()).value();
  const JsonValue lock = *parse_json(bytes).value().find("private");
  const std::string seed(reinterpret_cast<const char*>(key.seed().data()), key.seed().size());
  std::string digits;
  for (const char byte : seed) {
    constexpr const char* kDigits = "0123456789abcdef";
    digits += kDigits[static_cast<unsigned char>(byte) >> 4];
    digits += kDigits[static_cast<unsigned char>(byte) & 15];
  }

  EXPECT_EQ(bytes.find(digits), std::string::npos);
  EXPECT_EQ(*lock.find("memory_kib")->integer(), 65536);
  EXPECT_EQ(*lock.find("passes")->integer(), 3);
  EXPECT_EQ(lock.find("salt")->string()->size(), 32u);
}

TEST(KeyFile, RefusesALockThatCostsTooMuchOrTooLittle) {
  const Secret right = passphrase();
  const std::string bytes =
      write_locked_key_file("targets", SigningKey::generate(), right).value();
  for (const char* memory : {"0", "1", "-1", "999999999999"}) {
    const std::string trap = replaced(bytes, "65536", memory);
    const Result<SigningKey> key = read_key_file(trap, "targets", &right);
    ASSERT_FALSE(key.ok());
    EXPECT_EQ(key.error().kind, ErrorKind::malformed) << memory;
  }
}

TEST(KeyFile, RefusesAPublicKeyThatIsNotItsOwn) {
  const SigningKey key = SigningKey::generate();
  const std::string other = SigningKey::generate().id();
  const std::string bytes = replaced(write_key_file("snapshot", key), key.id(), other);
  EXPECT_FALSE(read_key_file(bytes, "snapshot", nullptr).ok());
}

TEST(KeyFile, RefusesDamagedFiles) {
  for (const char* bytes :
       {"", "{}", "[]", R"({"format":1,"role":"targets","private":{"lock":"rot13"}})",
        R"({"format":1,"role":"targets","private":{"lock":"none","seed":"00"}})"}) {
    EXPECT_FALSE(read_key_file(bytes, "targets", nullptr).ok()) << bytes;
  }
}

TEST(Passphrase, NeedsTwelveCharactersNotBytes) {
  EXPECT_FALSE(normalize_passphrase("ắắắắắắắắắắắ").ok());  // 11
  EXPECT_TRUE(normalize_passphrase("ắắắắắắắắắắắắ").ok());  // 12
}

TEST(Passphrase, IsTheSameFromTwoKeyboards) {
  const Secret composed = passphrase("giếng làng ế");
  const Secret decomposed = passphrase("gie\xcc\x82\xcc\x81ng la\xcc\x80ng e\xcc\x82\xcc\x81");
  EXPECT_EQ(composed.text(), decomposed.text());
}

}  // namespace
}  // namespace conglang::server
