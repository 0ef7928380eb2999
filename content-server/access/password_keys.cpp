#include "content-server/access/password_keys.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

#include "content-server/access/hex.h"
#include "playlists/base/check.h"
#include "playlists/base/localized_text.h"

namespace conglang::server {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr unsigned long long kPasses = 3;
constexpr std::size_t kMemoryBytes = 64 << 20;

static_assert(sizeof(PasswordSalt) == crypto_pwhash_SALTBYTES);

// Vietnamese sounds written without marks; the hyphens keep the syllables apart.
constexpr std::array<std::string_view, 16> kOnsets{"b", "d", "g", "h",  "l",  "m",  "n",  "r",
                                                   "s", "t", "v", "ch", "kh", "nh", "th", "tr"};
constexpr std::array<std::string_view, 32> kRhymes{
    "a",  "ai",  "am", "an", "ang", "anh", "ao",  "at",  "au",  "ay",  "e",
    "em", "en",  "eo", "i",  "im",  "in",  "inh", "o",   "oa",  "oi",  "om",
    "on", "ong", "u",  "ua", "ui",  "um",  "un",  "ung", "uoi", "uong"};
constexpr int kSyllables = 7;

Error weak(const std::string& why) {
  return {ErrorKind::malformed, "password: " + why, "weak-password"};
}

Status check_strength(std::string_view password) {
  const auto characters =
      std::ranges::count_if(password, [](char c) { return (c & 0xc0) != 0x80; });
  if (characters < kLeastPasswordCharacters) {
    return weak("must have at least " + std::to_string(kLeastPasswordCharacters) +
                " characters");
  }
  if (characters > kMostPasswordCharacters) {
    return weak("must have at most " + std::to_string(kMostPasswordCharacters) + " characters");
  }
  if (std::ranges::all_of(password, [&](char c) { return c == password.front(); })) {
    return weak("is one character again and again");
  }
  return {};
}

Result<Secret> normal_password(std::string_view password) {
  auto normal = normalize_text(password);
  if (!normal.ok()) return weak(normal.error().message);
  Secret kept{std::string_view(*normal)};
  sodium_memzero(normal->data(), normal->size());
  const Status strong = check_strength(kept.text());
  if (!strong.ok()) return strong.error();
  return kept;
}

Secret labelled_key(const Secret& master, std::string_view label) {
  Secret key(kKeyBytes);
  crypto_generichash(key.data(), key.size(),
                     reinterpret_cast<const unsigned char*>(label.data()), label.size(),
                     master.data(), master.size());
  return key;
}

}  // namespace

Result<PasswordKeys> derive_password_keys(std::string_view password, const PasswordSalt& salt) {
  check(sodium_init() >= 0, "libsodium has a source of randomness");
  const Result<Secret> normal = normal_password(password);
  if (!normal.ok()) return normal.error();
  Secret master(kKeyBytes);
  const std::string_view text = normal->text();
  if (crypto_pwhash(master.data(), master.size(), text.data(), text.size(), salt.data(),
                    kPasses, kMemoryBytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return Error{ErrorKind::storage, "password: no 64 MiB of memory to derive its keys"};
  }
  return PasswordKeys{labelled_key(master, "conglang login key 1"),
                      labelled_key(master, "conglang unlock key 1")};
}

PasswordSalt random_password_salt() {
  check(sodium_init() >= 0, "libsodium has a source of randomness");
  PasswordSalt salt{};
  randombytes_buf(salt.data(), salt.size());
  return salt;
}

Result<PasswordSalt> parse_password_salt(std::string_view hex) {
  const auto bytes = from_hex(hex);
  PasswordSalt salt{};
  if (!bytes.ok() || bytes->size() != salt.size() || to_hex(*bytes) != hex) {
    return Error{ErrorKind::malformed, "salt: must be 32 hexadecimal digits in lower case"};
  }
  std::copy_n(bytes->data(), salt.size(), salt.begin());
  return salt;
}

std::string format_password_salt(const PasswordSalt& salt) { return to_hex(salt); }

Secret generate_password() {
  check(sodium_init() >= 0, "libsodium has a source of randomness");
  std::string words;
  for (int nth = 0; nth < kSyllables; ++nth) {
    if (nth > 0) words += '-';
    words += kOnsets[randombytes_uniform(kOnsets.size())];
    words += kRhymes[randombytes_uniform(kRhymes.size())];
  }
  Secret password{std::string_view(words)};
  sodium_memzero(words.data(), words.size());
  return password;
}

}  // namespace conglang::server
