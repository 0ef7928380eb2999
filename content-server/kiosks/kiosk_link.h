// What a kiosk that was taken in says to the office, and what it hears.
//
// Everything it says is hostile until its token, and for records its signature, was judged;
// and even then it is only what a kiosk claims.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "content-server/kiosks/kiosk_desk.h"
#include "playlists/wire/heartbeat.h"
#include "playlists/wire/record_batch.h"
#include "playlists/wire/token_request.h"

namespace conglang::server {

inline constexpr std::chrono::hours kCommandLife{1};
inline constexpr std::chrono::hours kRecordLife{24 * 90};

// The kiosk of a bearer token. Only reads.
// Fails: untrusted, code "unknown-token" or "revoked".
Result<Kiosk> authenticate_kiosk(KioskStore& kiosks, std::string_view token);

// Versions of what is published for a group; 0: nothing.
struct PublishedVersions {
  std::int64_t targets = 0;
  std::int64_t takedown = 0;
};

// Keeps what was said and the results of commands; notes two machines with one key, once an
// hour.
Result<HeartbeatAnswer> hear_heartbeat(const KioskDesk& desk, const Kiosk& kiosk,
                                       const Heartbeat& heartbeat,
                                       const PublishedVersions& published,
                                       const std::string& from);

// Keeps the records of a batch once, however often it is sent.
// Fails: untrusted, code "wrong-kiosk" (another kiosk's), "bad-signature", or
// "sequence-reused" (another batch came under that number).
Result<RecordAnswer> hear_records(const KioskDesk& desk, const Kiosk& kiosk,
                                  const SignedBatch& batch);

// A new token for a kiosk whose token nobody knows any more.
// Fails: missing; untrusted, code "revoked", "bad-signature", or "token-replayed".
Result<NewToken> renew_token(const KioskDesk& desk, const TokenRequest& request);

// For ever: its token and its key count no more. Fails: missing; conflict when it is revoked
// already.
Result<Kiosk> revoke_kiosk(const KioskDesk& desk, const KioskId& id);

// To be done once by the kiosk, within an hour.
// Fails: missing; conflict for a revoked kiosk; too_large when 20 wait already.
Result<KioskCommand> command_kiosk(const KioskDesk& desk, const KioskId& id, CommandKind kind,
                                   std::int64_t argument);

// --- judgement ---

enum class KioskHealth {
  never_seen,  // enrolled, and silent since
  good,        // it shows what it should
  behind,      // it does not hold the newest publication yet
  faulty,      // it tells of faults
  silent,      // not heard for too long
  revoked,
};

std::string_view to_string(KioskHealth health);

// Pure. Silence is a fault after 90 s; at a fair, where links come and go, after 15 minutes.
KioskHealth judge_kiosk(const Kiosk& kiosk, const std::optional<KioskLife>& life,
                        SiteClass site_class, const PublishedVersions& published, Instant now);

}  // namespace conglang::server
