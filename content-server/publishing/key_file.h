// Private keys on disk: in clear for the roles that renew themselves, locked by a
// passphrase for those that decide what may be shown.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "content-server/access/secret.h"
#include "content-server/publishing/signing_key.h"
#include "playlists/base/result.h"

namespace conglang::server {

// Chosen: long enough that guessing costs years at 64 MiB and 3 passes a try.
inline constexpr std::size_t kMinPassphraseCharacters = 12;

// In Unicode form C, so that two keyboards give the same key.
// Fails: malformed when it is too short, no UTF-8 or holds control characters.
Result<Secret> normalize_passphrase(std::string_view text);

// The JSON of a key file in clear.
std::string write_key_file(std::string_view role, const SigningKey& key);

// The same, its private part locked: argon2id (64 MiB, 3 passes, salt stated) and
// XChaCha20-Poly1305, bound to the public key.
// Fails: storage when there is no memory for argon2id.
Result<std::string> write_locked_key_file(std::string_view role, const SigningKey& key,
                                          const Secret& passphrase);

// True when reading it needs a passphrase.
// Fails: malformed.
Result<bool> is_locked(std::string_view bytes);

// Requires: a passphrase from normalize_passphrase() when it is locked.
// Fails: malformed; untrusted when the passphrase is not the right one.
Result<SigningKey> read_key_file(std::string_view bytes, std::string_view role,
                                 const Secret* passphrase);

}  // namespace conglang::server
