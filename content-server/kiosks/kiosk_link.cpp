#include "content-server/kiosks/kiosk_link.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "content-server/kiosks/enrolments.h"
#include "playlists/base/uuid.h"

namespace conglang::server {
namespace {

constexpr std::size_t kMostWaiting = 20;
constexpr std::chrono::hours kNoticeLife{1};
constexpr std::chrono::seconds kSilence{90};
constexpr std::chrono::minutes kSilenceAtFair{15};

Error untrusted(const KioskId& id, const std::string& why, const std::string& code) {
  return {ErrorKind::untrusted, "kiosk " + id.text() + ": " + why, code};
}

Result<bool> was_noted_lately(const KioskDesk& desk, const std::string& action,
                              const std::string& subject) {
  const auto newest = desk.audit.read({.most = 1, .subject = subject, .action_prefix = action});
  if (!newest) return newest.error();
  return !newest->empty() && desk.now - newest->front().event.at < kNoticeLife;
}

// A run that was left for another and comes back: two machines speak with one key. Both go on
// doing so every half minute, and the audit log is kept for ever.
Status notice_two_machines(const KioskDesk& desk, const Kiosk& kiosk,
                           const std::optional<KioskLife>& before, const Heartbeat& heartbeat) {
  if (!before || heartbeat.run == before->heartbeat.run) return {};
  if (heartbeat.run != before->earlier_run) return {};
  const std::string action = "kiosk.two-machines", subject = "kiosk:" + kiosk.id.text();
  const auto noted = was_noted_lately(desk, action, subject);
  if (!noted) return noted.error();
  if (*noted) return {};
  return desk.note(action, subject, {},
                   JsonObject{{"run", heartbeat.run}, {"other", before->heartbeat.run}});
}

Result<std::vector<std::string>> keep_results(const KioskDesk& desk, const Kiosk& kiosk,
                                              const Heartbeat& heartbeat) {
  std::vector<std::string> kept;
  for (const CommandResult& result : heartbeat.results) {
    auto command = desk.kiosks.find_command(result.id);
    if (!command) return command.error();
    // Of another kiosk, or never asked for: it may forget it all the same.
    kept.push_back(result.id);
    if (!*command || (*command)->kiosk != kiosk.id || (*command)->result) continue;
    (*command)->result = result;
    (*command)->done_at = desk.now;
    if (Status stored = desk.kiosks.keep(**command); !stored) return stored.error();
  }
  return kept;
}

std::vector<std::string> ids_of(const RecordBatch& batch) {
  std::vector<std::string> ids;
  for (const PlayEntry& play : batch.plays) ids.push_back(play.id);
  for (const EventEntry& event : batch.events) ids.push_back(event.id);
  return ids;
}

Status note_gap(const KioskDesk& desk, const Kiosk& kiosk, std::int64_t sequence) {
  const auto newest = desk.kiosks.newest_batch(kiosk.id);
  if (!newest) return newest.error();
  // A replaced play log skips numbers on purpose, by a thousand at most.
  if (sequence <= *newest + 1 || *newest == 0) return {};
  return desk.note("kiosk.records-gap", "kiosk:" + kiosk.id.text(),
                   JsonObject{{"sequence", *newest}}, JsonObject{{"sequence", sequence}});
}

}  // namespace

Result<Kiosk> authenticate_kiosk(KioskStore& kiosks, std::string_view token) {
  const Error unknown{ErrorKind::untrusted, "token: is unknown", "unknown-token"};
  if (!parse_bytes32(token)) return unknown;
  auto kiosk = kiosks.find_token(sha256(token));
  if (!kiosk) return kiosk.error();
  if (!*kiosk) return unknown;
  if ((*kiosk)->revoked_at) return untrusted((*kiosk)->id, "is revoked", "revoked");
  return std::move(**kiosk);
}

Result<HeartbeatAnswer> hear_heartbeat(const KioskDesk& desk, const Kiosk& kiosk,
                                       const Heartbeat& heartbeat,
                                       const PublishedVersions& published,
                                       const std::string& from) {
  const auto before = desk.kiosks.life(kiosk.id);
  if (!before) return before.error();
  if (Status noticed = notice_two_machines(desk, kiosk, *before, heartbeat); !noticed) {
    return noticed.error();
  }
  KioskLife life{heartbeat, desk.now, from, {}};
  life.heartbeat.results.clear();
  if (*before) {
    const bool same_run = (*before)->heartbeat.run == heartbeat.run;
    life.earlier_run = same_run ? (*before)->earlier_run : (*before)->heartbeat.run;
  }
  if (Status kept = desk.kiosks.keep_life(kiosk.id, life); !kept) return kept.error();
  auto results = keep_results(desk, kiosk, heartbeat);
  if (!results) return results.error();
  const auto waiting = desk.kiosks.waiting_commands(kiosk.id, desk.now - kCommandLife);
  if (!waiting) return waiting.error();

  HeartbeatAnswer answer;
  answer.time = desk.now;
  answer.name = kiosk.name;
  answer.group = kiosk.group;
  answer.wanted_version = published.targets;
  answer.takedown_version = published.takedown;
  answer.results = std::move(*results);
  for (const KioskCommand& command : *waiting) answer.commands.push_back(command.command);
  return answer;
}

Result<RecordAnswer> hear_records(const KioskDesk& desk, const Kiosk& kiosk,
                                  const SignedBatch& signed_batch) {
  const RecordBatch& batch = signed_batch.batch;
  if (batch.kiosk != kiosk.id) {
    return untrusted(kiosk.id, "sends records of another kiosk", "wrong-kiosk");
  }
  if (kiosk.revoked_at) {
    return untrusted(kiosk.id, "was revoked: its key counts no more", "revoked");
  }
  if (!is_signed(signed_batch, kiosk.public_key)) {
    return untrusted(kiosk.id, "records that its key did not sign", "bad-signature");
  }
  const Sha256Digest digest = sha256(record_batch_text(batch));
  const auto before = desk.kiosks.find_batch(kiosk.id, batch.sequence);
  if (!before) return before.error();
  if (*before && (*before)->digest != digest) {
    return untrusted(kiosk.id, "another batch came as number " + std::to_string(batch.sequence),
                     "sequence-reused");
  }
  if (*before) return RecordAnswer{batch.sequence, (*before)->kept};
  if (Status noted = note_gap(desk, kiosk, batch.sequence); !noted) return noted.error();
  KioskStore::KeptBatch kept{digest, ids_of(batch)};
  if (Status stored = desk.kiosks.keep_batch(batch, kept, desk.now); !stored) {
    return stored.error();
  }
  return RecordAnswer{batch.sequence, std::move(kept.kept)};
}

Result<NewToken> renew_token(const KioskDesk& desk, const TokenRequest& request) {
  auto kiosk = find_kiosk(desk, request.kiosk);
  if (!kiosk) return kiosk.error();
  if (!is_signed(request, kiosk->public_key)) {
    return untrusted(kiosk->id, "its key did not sign this", "bad-signature");
  }
  if (kiosk->revoked_at) return untrusted(kiosk->id, "is revoked", "revoked");
  if (request.counter <= kiosk->token_counter) {
    return untrusted(kiosk->id, "this request was sent before", "token-replayed");
  }
  NewToken token{new_kiosk_token()};
  kiosk->token_counter = request.counter;
  kiosk->token = sha256(token.token);
  if (Status kept = desk.kiosks.keep(*kiosk); !kept) return kept.error();
  if (Status noted = desk.note("kiosk.token-renewed", "kiosk:" + kiosk->id.text(), {}, {});
      !noted) {
    return noted.error();
  }
  return token;
}

Result<Kiosk> revoke_kiosk(const KioskDesk& desk, const KioskId& id) {
  auto kiosk = find_kiosk(desk, id);
  if (!kiosk) return kiosk;
  if (kiosk->revoked_at) {
    return Error{ErrorKind::conflict, "kiosk " + id.text() + ": is revoked already"};
  }
  kiosk->revoked_at = desk.now;
  if (Status kept = desk.kiosks.keep(*kiosk); !kept) return kept.error();
  if (Status noted = desk.note("kiosk.revoked", "kiosk:" + id.text(),
                               JsonObject{{"name", kiosk->name}}, {});
      !noted) {
    return noted.error();
  }
  return kiosk;
}

Result<KioskCommand> command_kiosk(const KioskDesk& desk, const KioskId& id, CommandKind kind,
                                   std::int64_t argument) {
  const auto kiosk = find_kiosk(desk, id);
  if (!kiosk) return kiosk.error();
  if (kiosk->revoked_at) {
    return Error{ErrorKind::conflict, "kiosk " + id.text() + ": is revoked", "revoked"};
  }
  const auto waiting = desk.kiosks.waiting_commands(id, desk.now - kCommandLife);
  if (!waiting) return waiting.error();
  if (waiting->size() >= kMostWaiting) {
    return Error{ErrorKind::too_large,
                 "kiosk " + id.text() + ": 20 commands wait for it already"};
  }
  std::uint64_t random[2];
  randombytes_buf(random, sizeof random);
  KioskCommand command{{make_uuid7(desk.now, random[0], random[1]), kind, argument},
                       id,
                       desk.now,
                       desk.actor,
                       {},
                       {}};
  if (Status kept = desk.kiosks.keep(command); !kept) return kept.error();
  if (Status noted = desk.note("kiosk.commanded", "kiosk:" + id.text(), {},
                               JsonObject{{"command", std::string(to_string(kind))}});
      !noted) {
    return noted.error();
  }
  return command;
}

KioskHealth judge_kiosk(const Kiosk& kiosk, const std::optional<KioskLife>& life,
                        SiteClass site_class, const PublishedVersions& published, Instant now) {
  if (kiosk.revoked_at) return KioskHealth::revoked;
  if (!life) return KioskHealth::never_seen;
  const Milliseconds patience =
      site_class == SiteClass::fair ? Milliseconds{kSilenceAtFair} : Milliseconds{kSilence};
  if (now - life->seen_at > patience) return KioskHealth::silent;
  if (life->heartbeat.held_version < published.targets ||
      life->heartbeat.takedown_version < published.takedown) {
    return KioskHealth::behind;
  }
  return life->heartbeat.faults.empty() ? KioskHealth::good : KioskHealth::faulty;
}

std::string_view to_string(KioskHealth health) {
  constexpr std::string_view kWords[] = {"never-seen", "good",   "behind",
                                         "faulty",     "silent", "revoked"};
  return kWords[static_cast<int>(health)];
}

std::string_view to_string(SiteClass site_class) {
  constexpr std::string_view kWords[] = {"office", "relic", "fair"};
  return kWords[static_cast<int>(site_class)];
}

std::optional<SiteClass> parse_site_class(std::string_view word) {
  for (const SiteClass known : {SiteClass::office, SiteClass::relic, SiteClass::fair}) {
    if (to_string(known) == word) return known;
  }
  return std::nullopt;
}

std::string_view to_string(EnrolmentState state) {
  constexpr std::string_view kWords[] = {"waiting", "confirmed", "refused", "expired"};
  return kWords[static_cast<int>(state)];
}

}  // namespace conglang::server
