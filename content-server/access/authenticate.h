// From the cookie of a request to the person who asks.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "content-server/access/access_store.h"
#include "content-server/access/session.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

// A session's token as the cookie carries it: 256 random bits as 64 hexadecimal digits. The
// store has only its SHA-256.
std::string new_session_token();
Sha256Digest token_digest(std::string_view token);

// Only reads. Fails: untrusted, code "not-signed-in", for a token that is unknown or too old
// and for a person who is not active; storage.
Result<SignedIn> authenticate(SessionStore& sessions, std::string_view token, Instant now);

// Whether seen_at is old enough to be written again; then SessionStore::touch() in a write.
bool wants_touch(const Session& session, Instant now);

// The Set-Cookie of a new session, and of one that ended.
std::string session_cookie(std::string_view token);
std::string ended_session_cookie();

}  // namespace conglang::server
