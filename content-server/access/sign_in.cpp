#include "content-server/access/sign_in.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "content-server/access/authenticate.h"
#include "content-server/access/throttle.h"
#include "playlists/base/check.h"

namespace conglang::server {
namespace {

constexpr std::size_t kMostClientBytes = 200;
constexpr std::size_t kMostSessions = 20;  // of one person; the oldest end

struct Counter {
  ThrottleKind kind;
  std::string name;
};

// An account that cannot exist is counted under one name, so that names cannot fill the disk.
std::vector<Counter> counters_of(const std::string& account, const Visitor& visitor) {
  const std::string named = is_valid_account(account) ? account : "?";
  return {{ThrottleKind::account, throttle_name(ThrottleKind::account, named)},
          {ThrottleKind::address, throttle_name(ThrottleKind::address, visitor.address)}};
}

// How long until both counters hear another try; nothing when they do now.
Result<std::optional<std::chrono::seconds>> wait_of(const AccessDesk& desk,
                                                    const std::vector<Counter>& counters) {
  Instant heard{};
  for (const Counter& counter : counters) {
    const auto attempts = desk.sessions.attempts(counter.name);
    if (!attempts.ok()) return attempts.error();
    // A counter from the future, of a clock that was set back, must not lock anybody out.
    if (attempts->last > desk.now) continue;
    heard = std::max(heard, next_try(counter.kind, *attempts));
  }
  if (heard <= desk.now) return std::optional<std::chrono::seconds>();
  return std::optional(std::chrono::ceil<std::chrono::seconds>(heard - desk.now));
}

Status count_failure(const AccessDesk& desk, const std::vector<Counter>& counters) {
  Status status = desk.sessions.remove_attempts_before(desk.now - kAttemptsForgotten);
  for (const Counter& counter : counters) {
    if (!status.ok()) return status;
    const auto attempts = desk.sessions.attempts(counter.name);
    if (!attempts.ok()) return attempts.error();
    status = desk.sessions.keep_attempts(counter.name, after_failure(*attempts, desk.now));
  }
  return status;
}

// Room for one more.
Status end_surplus_sessions(const AccessDesk& desk, const PersonId& person) {
  const auto sessions = desk.sessions.of(person);
  if (!sessions.ok()) return sessions.error();
  for (std::size_t place = kMostSessions - 1; place < sessions->size(); ++place) {
    Status status = desk.sessions.remove((*sessions)[place].id);
    if (!status.ok()) return status;
  }
  return {};
}

// Browsers write ASCII; anything else becomes a question mark.
std::string shortened(std::string text) {
  text.resize(std::min(text.size(), kMostClientBytes));
  std::ranges::replace_if(
      text, [](char c) { return c < 0x20 || c > 0x7e; }, '?');
  return text;
}

AccessDesk desk_of(const AccessDesk& desk, const Person& person) {
  AccessDesk own = desk;
  own.actor = "person:" + person.id.text();
  return own;
}

Status note_failure(const AccessDesk& desk, const SignInChallenge& challenge,
                    const Visitor& visitor) {
  // What was typed as the account is not kept: it may be a password.
  const std::string subject =
      challenge.person ? "person:" + challenge.person->id.text() : "person:unknown";
  return desk.note("session.refused", subject, {}, JsonObject{{"address", visitor.address}});
}

}  // namespace

Result<PasswordSalt> salt_of(const AccessDesk& desk, const std::string& account) {
  const auto person = is_valid_account(account) ? desk.people.find_account(account)
                                                : Result<std::optional<Person>>(std::nullopt);
  if (!person.ok()) return person.error();
  if (*person) {
    const auto credentials = desk.people.find_credentials((*person)->id);
    if (!credentials.ok()) return credentials.error();
    if (*credentials) return (*credentials)->salt;
  }
  const auto secret = desk.office.find_salt_secret();
  if (!secret.ok()) return secret.error();
  check(secret->has_value(), "begin_office() has made the secret of salts");
  PasswordSalt salt{};
  crypto_generichash(salt.data(), salt.size(),
                     reinterpret_cast<const unsigned char*>(account.data()), account.size(),
                     (*secret)->data(), (*secret)->size());
  return salt;
}

Result<SignInStart> start_sign_in(const AccessDesk& desk, const std::string& account,
                                  const Visitor& visitor) {
  const auto counters = counters_of(account, visitor);
  const auto wait = wait_of(desk, counters);
  if (!wait.ok()) return wait.error();
  SignInStart start;
  start.wait = *wait;
  if (start.wait) return start;
  const Status counted = count_failure(desk, counters);
  if (!counted.ok()) return counted.error();
  if (!is_valid_account(account)) return start;

  auto person = desk.people.find_account(account);
  if (!person.ok()) return person.error();
  if (!*person || !is_active(**person, desk.now)) return start;
  const auto credentials = desk.people.find_credentials((*person)->id);
  if (!credentials.ok()) return credentials.error();
  if (!*credentials) return start;
  start.challenge = {std::move(**person), (*credentials)->login_hash};
  return start;
}

Result<NewSession> open_session(const AccessDesk& desk, const Person& person,
                                const Visitor& visitor) {
  NewSession made{{new_id(desk.now), person.id, desk.now, desk.now, visitor.address,
                   shortened(visitor.client)},
                  person,
                  new_session_token()};
  Status status = desk.sessions.remove_stale(desk.now - kSessionLife, desk.now - kSessionIdle);
  if (status.ok()) status = end_surplus_sessions(desk, person.id);
  if (status.ok()) status = desk.sessions.add(made.session, token_digest(made.token));
  if (status.ok()) {
    status = desk_of(desk, person)
                 .note("session.opened", "person:" + person.id.text(), {},
                       JsonObject{{"session", made.session.id}, {"address", visitor.address}});
  }
  if (!status.ok()) return status.error();
  return made;
}

Result<std::optional<NewSession>> finish_sign_in(const AccessDesk& desk,
                                                 const SignInChallenge& challenge, bool matches,
                                                 const Visitor& visitor) {
  if (!matches || !challenge.person) {
    const Status noted = note_failure(desk, challenge, visitor);
    if (!noted.ok()) return noted.error();
    return std::optional<NewSession>();
  }
  const auto person = find_person(desk, challenge.person->id);
  if (!person.ok()) return person.error();
  const auto credentials = desk.people.find_credentials(person->id);
  if (!credentials.ok()) return credentials.error();
  const bool is_same = *credentials && (*credentials)->login_hash == challenge.login_hash;
  if (!is_same || !is_active(*person, desk.now)) {
    return Error{ErrorKind::conflict, "sign-in: the account has just been changed"};
  }
  const Status counted = forgive_try(desk, person->account, visitor);
  if (!counted.ok()) return counted.error();
  auto made = open_session(desk, *person, visitor);
  if (!made.ok()) return made.error();
  return std::optional(std::move(*made));
}

Status forgive_try(const AccessDesk& desk, const std::string& account, const Visitor& visitor) {
  for (const Counter& counter : counters_of(account, visitor)) {
    const auto attempts = desk.sessions.attempts(counter.name);
    if (!attempts.ok()) return attempts.error();
    Status status =
        desk.sessions.keep_attempts(counter.name, after_success(*attempts, counter.kind));
    if (!status.ok()) return status;
  }
  return {};
}

Status sign_out(const AccessDesk& desk, const Session& session) {
  Status status = desk.sessions.remove(session.id);
  if (!status.ok()) return status;
  return desk.note("session.ended", "person:" + session.person.text(),
                   JsonObject{{"session", session.id}}, {});
}

Status end_session(const AccessDesk& desk, const PersonId& person, const std::string& session) {
  const auto sessions = desk.sessions.of(person);
  if (!sessions.ok()) return sessions.error();
  const auto found = std::ranges::find(*sessions, session, &Session::id);
  if (found == sessions->end()) {
    return Error{ErrorKind::missing, "session: this person has none of that name"};
  }
  return sign_out(desk, *found);
}

Status end_other_sessions(const AccessDesk& desk, const PersonId& person,
                          const std::string& kept) {
  const auto sessions = desk.sessions.of(person);
  if (!sessions.ok()) return sessions.error();
  for (const Session& session : *sessions) {
    Status status = session.id == kept ? Status() : sign_out(desk, session);
    if (!status.ok()) return status;
  }
  return {};
}

Status end_all_sessions(const AccessDesk& desk) {
  Status status = desk.sessions.remove_all();
  if (!status.ok()) return status;
  return desk.note("session.all-ended", "office", {}, {});
}

}  // namespace conglang::server
