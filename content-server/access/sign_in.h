// Signing in and out, in steps: the slow hash runs between two transactions.
//
//   start_sign_in (write)  ->  LoginKeyHasher::matches  ->  finish_sign_in (write)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "content-server/access/access_desk.h"
#include "content-server/access/session.h"
#include "playlists/base/result.h"

namespace conglang::server {

// Where a try comes from.
struct Visitor {
  std::string address;
  std::string client;  // header User-Agent; cut to 200 bytes
};

// The salt to derive the login key with: the account's own, or for an unknown account one
// that is always the same. Nobody learns which it was.
Result<PasswordSalt> salt_of(const AccessDesk& desk, const std::string& account);

// What the login key must match.
struct SignInChallenge {
  std::optional<Person> person;  // empty: nobody can sign in with this account
  std::string login_hash;        // empty: of nobody
};

struct SignInStart {
  std::optional<std::chrono::seconds> wait;  // not heard: try again after
  SignInChallenge challenge;
};

// Counts the try as failed before it is judged, so that tries side by side count too.
Result<SignInStart> start_sign_in(const AccessDesk& desk, const std::string& account,
                                  const Visitor& visitor);

struct NewSession {
  Session session;
  Person person;
  std::string token;  // for the cookie; kept nowhere
};

// Makes the session when `matches`; otherwise notes the failure and gives nothing, so that
// the transaction is kept.
// Fails: conflict when the person changed in between.
Result<std::optional<NewSession>> finish_sign_in(const AccessDesk& desk,
                                                 const SignInChallenge& challenge, bool matches,
                                                 const Visitor& visitor);

// A try of start_sign_in() that was right: gives it back.
Status forgive_try(const AccessDesk& desk, const std::string& account, const Visitor& visitor);

// A session without asking for a password, which was proven otherwise.
Result<NewSession> open_session(const AccessDesk& desk, const Person& person,
                                const Visitor& visitor);

Status sign_out(const AccessDesk& desk, const Session& session);

// Ends one session of the person. Fails: missing.
Status end_session(const AccessDesk& desk, const PersonId& person, const std::string& session);

// Ends all sessions of the person but `kept` (empty: all).
Status end_other_sessions(const AccessDesk& desk, const PersonId& person,
                          const std::string& kept);

// Ends the sessions of everybody.
Status end_all_sessions(const AccessDesk& desk);

}  // namespace conglang::server
