// An Ed25519 key that can sign. The only place where signatures are made.
#pragma once

#include <string>
#include <string_view>

#include "content-server/access/secret.h"
#include "playlists/base/json.h"
#include "playlists/base/result.h"
#include "playlists/trust/public_key.h"

namespace conglang::server {

class SigningKey {
 public:
  static SigningKey generate();

  // Fails: malformed unless the seed has 32 bytes.
  static Result<SigningKey> from_seed(Secret seed);

  const PublicKey& public_key() const { return public_key_; }
  JsonValue public_json() const { return write_public_key(public_key_); }
  const std::string& id() const { return id_; }
  const Secret& seed() const { return seed_; }

  // 128 hexadecimal digits.
  std::string sign(std::string_view message) const;

 private:
  explicit SigningKey(Secret seed);

  Secret seed_;
  Secret secret_;
  PublicKey public_key_;
  std::string id_;
};

}  // namespace conglang::server
