#include "content-server/access/password_keys.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "content-server/access/hex.h"
#include "content-server/access/locked_key.h"

namespace conglang::server {
namespace {

JsonValue vectors() {
  std::ifstream file(CONGLANG_SOURCE_DIR "/tests/vectors/password-keys.json");
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  auto value = parse_json(bytes);
  EXPECT_TRUE(value.ok());
  return *value;
}

const std::string& text(const JsonValue& value, const char* name) {
  return *value.find(name)->string();
}

TEST(PasswordKeys, AreThoseOfTheVectors) {
  const JsonValue document = vectors();
  ASSERT_GE(document.find("keys")->array()->size(), 6u);
  for (const JsonValue& one : *document.find("keys")->array()) {
    const auto salt = parse_password_salt(text(one, "salt"));
    ASSERT_TRUE(salt.ok());

    const auto keys = derive_password_keys(text(one, "password"), *salt);

    ASSERT_TRUE(keys.ok()) << text(one, "name") << ": " << keys.error().message;
    EXPECT_EQ(to_hex(keys->login_key), text(one, "login_key")) << text(one, "name");
    EXPECT_EQ(to_hex(keys->unlock_key), text(one, "unlock_key")) << text(one, "name");
  }
}

TEST(PasswordKeys, AreNotMadeOfWeakPasswords) {
  const JsonValue document = vectors();
  for (const JsonValue& one : *document.find("refused")->array()) {
    const auto keys = derive_password_keys(*one.string(), PasswordSalt{});

    ASSERT_FALSE(keys.ok()) << *one.string();
    EXPECT_EQ(keys.error().code, "weak-password");
  }
}

TEST(GeneratedPassword, IsNeverTheSameAndStrongEnough) {
  std::set<std::string> seen;
  for (int nth = 0; nth < 100; ++nth) {
    seen.emplace(generate_password().text());
  }

  EXPECT_EQ(seen.size(), 100u);
  EXPECT_TRUE(derive_password_keys(*seen.begin(), PasswordSalt{}).ok());
}

TEST(LockedKey, OfTheVectorsOpensToItsSeed) {
  const JsonValue document = vectors();
  const JsonValue& one = document.find("locked")->array()->front();
  const auto locked = read_locked_key(*one.find("locked_key"));
  ASSERT_TRUE(locked.ok());

  const auto seed = open_locked_key(*locked, *from_hex(text(one, "unlock_key")));

  ASSERT_TRUE(seed.ok());
  EXPECT_EQ(to_hex(*seed), text(one, "seed"));
  EXPECT_EQ(write_locked_key(*locked), *one.find("locked_key"));
}

TEST(LockedKey, StaysShutForAnyChangedByte) {
  const Secret seed(32), key(32);
  const LockedKey locked = lock_key(seed, key, PasswordSalt{});
  ASSERT_TRUE(open_locked_key(locked, key).ok());
  for (std::size_t place = 0; place < locked.box.size(); ++place) {
    LockedKey changed = locked;
    changed.box[place] ^= 1;

    EXPECT_EQ(open_locked_key(changed, key).error().code, "wrong-password");
  }
  LockedKey other_name = locked;
  other_name.public_key[0] ^= 1;
  EXPECT_FALSE(open_locked_key(other_name, key).ok());
}

}  // namespace
}  // namespace conglang::server
