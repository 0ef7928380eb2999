#include "content-server/access/locked_key.h"

#include <sodium.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "content-server/access/hex.h"
#include "playlists/base/check.h"
#include "playlists/base/object_reader.h"

namespace conglang::server {
namespace {

static_assert(sizeof(LockedKey::nonce) == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(sizeof(LockedKey::box) ==
              crypto_sign_SEEDBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES);
static_assert(sizeof(LockedKey::public_key) == crypto_sign_PUBLICKEYBYTES);

template <std::size_t kSize>
void read_bytes(ObjectReader& reader, const char* name,
                std::array<std::uint8_t, kSize>& target) {
  const std::string digits = reader.word(name);
  const auto bytes = from_hex(digits);
  if (!bytes.ok() || bytes->size() != kSize || to_hex(*bytes) != digits) {
    reader.fault(name,
                 "must be " + std::to_string(kSize * 2) + " hexadecimal digits in lower case");
    return;
  }
  std::copy_n(bytes->data(), kSize, target.begin());
}

}  // namespace

Result<LockedKey> read_locked_key(const JsonValue& value) {
  check(sodium_init() >= 0, "libsodium can be used");
  LockedKey key;
  DocumentErrors errors;
  ObjectReader reader(value, "", errors);
  reader.integer("format", {1, 1});
  read_bytes(reader, "salt", key.salt);
  read_bytes(reader, "nonce", key.nonce);
  read_bytes(reader, "box", key.box);
  read_bytes(reader, "public", key.public_key);
  reader.finish();
  if (errors.empty() && crypto_core_ed25519_is_valid_point(key.public_key.data()) != 1) {
    reader.fault("public", "is no Ed25519 public key");
  }
  if (errors.empty()) return key;
  return Error{ErrorKind::malformed,
               "locked key: " + errors.front().pointer + ": " + errors.front().message};
}

JsonValue write_locked_key(const LockedKey& key) {
  return JsonObject{{"format", 1},
                    {"salt", to_hex(key.salt)},
                    {"nonce", to_hex(key.nonce)},
                    {"box", to_hex(key.box)},
                    {"public", to_hex(key.public_key)}};
}

LockedKey lock_key(const Secret& seed, const Secret& unlock_key, const PasswordSalt& salt) {
  check(sodium_init() >= 0, "libsodium has a source of randomness");
  check(seed.size() == crypto_sign_SEEDBYTES, "a seed has 32 bytes");
  check(unlock_key.size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
        "an unlock key has 32 bytes");
  LockedKey locked;
  locked.salt = salt;
  randombytes_buf(locked.nonce.data(), locked.nonce.size());
  Secret secret(crypto_sign_SECRETKEYBYTES);
  crypto_sign_seed_keypair(locked.public_key.data(), secret.data(), seed.data());
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      locked.box.data(), nullptr, seed.data(), seed.size(), locked.public_key.data(),
      locked.public_key.size(), nullptr, locked.nonce.data(), unlock_key.data());
  return locked;
}

Result<Secret> open_locked_key(const LockedKey& locked, const Secret& unlock_key) {
  check(unlock_key.size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
        "an unlock key has 32 bytes");
  Secret seed(crypto_sign_SEEDBYTES);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          seed.data(), nullptr, nullptr, locked.box.data(), locked.box.size(),
          locked.public_key.data(), locked.public_key.size(), locked.nonce.data(),
          unlock_key.data()) != 0) {
    return Error{ErrorKind::untrusted, "locked key: does not open with this password",
                 "wrong-password"};
  }
  std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> made{};
  Secret secret(crypto_sign_SECRETKEYBYTES);
  crypto_sign_seed_keypair(made.data(), secret.data(), seed.data());
  if (made == locked.public_key) return seed;
  return Error{ErrorKind::malformed, "locked key: holds another key than it names"};
}

}  // namespace conglang::server
