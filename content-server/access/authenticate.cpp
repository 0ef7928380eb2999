#include "content-server/access/authenticate.h"

#include <sodium.h>

#include "content-server/access/hex.h"
#include "playlists/base/check.h"

namespace conglang::server {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::chrono::minutes kSeenEvery{5};
constexpr const char* kCookieRules = "; Path=/; Secure; HttpOnly; SameSite=Strict";

Error not_signed_in() {
  return {ErrorKind::untrusted, "session: nobody is signed in", "not-signed-in"};
}

}  // namespace

bool is_alive(const Session& session, Instant now) {
  return now < session.made_at + kSessionLife && now < session.seen_at + kSessionIdle;
}

std::string new_session_token() {
  check(sodium_init() >= 0, "libsodium has a source of randomness");
  Secret token(kTokenBytes);
  randombytes_buf(token.data(), token.size());
  return to_hex(token);
}

Sha256Digest token_digest(std::string_view token) { return sha256(token); }

Result<SignedIn> authenticate(SessionStore& sessions, std::string_view token, Instant now) {
  if (token.size() != kTokenBytes * 2) return not_signed_in();
  auto found = sessions.find(token_digest(token));
  if (!found.ok()) return found.error();
  const bool counts =
      *found && is_alive((*found)->session, now) && is_active((*found)->person, now);
  if (!counts) return not_signed_in();
  return std::move(**found);
}

bool wants_touch(const Session& session, Instant now) {
  return now >= session.seen_at + kSeenEvery;
}

std::string session_cookie(std::string_view token) {
  const auto life = std::chrono::duration_cast<std::chrono::seconds>(kSessionLife).count();
  return std::string(kSessionCookie) + "=" + std::string(token) + kCookieRules +
         "; Max-Age=" + std::to_string(life);
}

std::string ended_session_cookie() {
  return std::string(kSessionCookie) + "=" + kCookieRules + "; Max-Age=0";
}

}  // namespace conglang::server
