#include "content-server/publishing/signing_key.h"

#include <sodium.h>

#include <array>
#include <utility>

#include "content-server/access/hex.h"
#include "playlists/base/check.h"

namespace conglang::server {

SigningKey SigningKey::generate() {
  check(sodium_init() >= 0, "libsodium has a source of randomness");
  Secret seed(crypto_sign_SEEDBYTES);
  randombytes_buf(seed.data(), seed.size());
  return SigningKey(std::move(seed));
}

Result<SigningKey> SigningKey::from_seed(Secret seed) {
  if (seed.size() != crypto_sign_SEEDBYTES) {
    return Error{ErrorKind::malformed, "the private key must have 32 bytes"};
  }
  return SigningKey(std::move(seed));
}

SigningKey::SigningKey(Secret seed)
    : seed_(std::move(seed)), secret_(crypto_sign_SECRETKEYBYTES) {
  public_key_.type = "ed25519";
  public_key_.scheme = "ed25519";
  crypto_sign_seed_keypair(public_key_.bytes.data(), secret_.data(), seed_.data());
  const Result<std::string> id = key_id(public_json());
  check(id.ok(), "a key of ours has a canonical form");
  id_ = *id;
}

std::string SigningKey::sign(std::string_view message) const {
  std::array<std::uint8_t, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr,
                       reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                       secret_.data());
  return to_hex(signature);
}

}  // namespace conglang::server
