// One password, two keys: what signs a person in, and what unlocks an approver's own key.
//
// The same derivation runs in the browser; tests/vectors/password-keys.json holds both to it.
// Only the login key ever reaches the server.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "content-server/access/secret.h"
#include "playlists/base/result.h"

namespace conglang::server {

using PasswordSalt = std::array<std::uint8_t, 16>;

inline constexpr int kLeastPasswordCharacters = 12;  // chosen: ASVS 6.2.1 asks for 8
inline constexpr int kMostPasswordCharacters = 256;

struct PasswordKeys {
  Secret login_key;   // 32 bytes; proves the password to the server
  Secret unlock_key;  // 32 bytes; never leaves the machine where the password was typed
};

// master = argon2id(NFC(password), salt, 64 MiB, 3 passes); the keys are keyed BLAKE2b-256
// of "conglang login key 1" and "conglang unlock key 1". Takes some 100 ms.
// Fails: malformed, code "weak-password" when it is too short, too long or one character
// again and again, or holds what normalize_text() refuses; storage without 64 MiB of memory.
Result<PasswordKeys> derive_password_keys(std::string_view password, const PasswordSalt& salt);

PasswordSalt random_password_salt();

// Fails: malformed unless 32 hexadecimal digits in lower case.
Result<PasswordSalt> parse_password_salt(std::string_view hex);
std::string format_password_salt(const PasswordSalt& salt);

// Seven syllables that can be said and typed on any keyboard ("tram-sen-vong-..."), each one
// of 512: 63 random bits.
Secret generate_password();

}  // namespace conglang::server
