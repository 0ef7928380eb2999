// An approver's private key, locked with the unlock key of the approver's password.
//
// The server keeps it for the approver and cannot open it.
#pragma once

#include <array>
#include <cstdint>

#include "content-server/access/password_keys.h"
#include "content-server/access/secret.h"
#include "playlists/base/json.h"
#include "playlists/base/result.h"

namespace conglang::server {

// XChaCha20-Poly1305 (IETF) over the 32 bytes of an Ed25519 seed; associated data is the
// public key.
struct LockedKey {
  PasswordSalt salt{};  // of the password that unlocks it
  std::array<std::uint8_t, 24> nonce{};
  std::array<std::uint8_t, 48> box{};
  std::array<std::uint8_t, 32> public_key{};

  bool operator==(const LockedKey&) const = default;
};

// {"format":1,"salt":"…","nonce":"…","box":"…","public":"…"}, hexadecimal in lower case.
// Fails: malformed, also for bytes that are no Ed25519 public key.
Result<LockedKey> read_locked_key(const JsonValue& value);
JsonValue write_locked_key(const LockedKey& key);

// Locks with a fresh nonce. Requires: `seed` has 32 bytes, `unlock_key` is derived with `salt`.
LockedKey lock_key(const Secret& seed, const Secret& unlock_key, const PasswordSalt& salt);

// The seed. Fails: untrusted, code "wrong-password" when it does not open; malformed when
// what lies inside is not the key that the outside names.
Result<Secret> open_locked_key(const LockedKey& locked, const Secret& unlock_key);

}  // namespace conglang::server
