// Public keys in TUF's own form, and whether a signature is theirs.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "playlists/base/json.h"
#include "playlists/base/result.h"

namespace conglang {

struct PublicKey {
  std::string type;                      // "ed25519"; any other counts as no signature
  std::string scheme;                    // "ed25519"
  std::array<std::uint8_t, 32> bytes{};  // all zero unless both are "ed25519"

  bool can_verify() const { return type == "ed25519" && scheme == "ed25519"; }
  bool operator==(const PublicKey&) const = default;
};

// {"keytype":"ed25519","scheme":"ed25519","keyval":{"public":"<64 hex digits>"}}
// Fails: malformed. A key of an unknown type is read, but can_verify() nothing.
Result<PublicKey> read_public_key(const JsonValue& value);
JsonValue write_public_key(const PublicKey& key);

// The SHA-256 of the key's canonical JSON, in hexadecimal digits.
// Fails: malformed when the value has no canonical form.
Result<std::string> key_id(const JsonValue& key);

// `signature` is 128 lower-case hexadecimal digits; anything else is no signature.
bool is_signed_by(const PublicKey& key, std::string_view message, std::string_view signature);

}  // namespace conglang
