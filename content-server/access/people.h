// People come by invitation, change, and go.
#pragma once

#include <optional>
#include <string>

#include "content-server/access/access_desk.h"
#include "playlists/base/result.h"

namespace conglang::server {

inline constexpr std::chrono::hours kInvitationLife{72};
inline constexpr std::size_t kMostPeople = 1000;
inline constexpr std::size_t kMostNameCharacters = 100;

struct NewPerson {
  std::string name;
  Rights rights;
  std::optional<Instant> ends_at;
};

struct NewInvitation {
  Person person;
  std::string token;  // for the link; kept nowhere
  Instant ends_at{};
};

// Fails: malformed for the name, the rights or an end that is past; too_large.
Result<NewInvitation> invite_person(const AccessDesk& desk, const NewPerson& person);

// Without a password from now on; every session ends; an approver key is withdrawn. The link
// lets the same person choose a new password (and an approver offer a new key).
// Fails: missing; conflict when the person is closed.
Result<NewInvitation> reset_person(const AccessDesk& desk, const PersonId& id);

struct PersonChange {
  std::string name;
  Rights rights;
  std::optional<Instant> ends_at;
};

// A person who loses rights is signed out; who no longer approves has the key withdrawn.
// Fails: conflict, code "last-administrator" when nobody would administrate any more without
// an end; missing.
Result<Person> change_person(const AccessDesk& desk, const PersonId& id,
                             const PersonChange& change);

// Ends sessions, invitation and password, withdraws the key.
Status close_person(const AccessDesk& desk, const PersonId& id);

// Closes whose end has come. For a timer, and once at start.
// Returns: how many.
Result<int> close_ended_people(const AccessDesk& desk);

struct AcceptedInvitation {
  std::string account;
  std::string name;
  Credentials credentials;          // hashed before
  std::optional<LockedKey> locked;  // of approvers, and of them only
};

struct InvitationView {
  Person person;
  bool needs_key = false;
  Instant ends_at{};
};

// Fails: missing, code "no-invitation" for a token that is unknown, used or too old.
Result<InvitationView> look_at_invitation(const AccessDesk& desk, const std::string& token);

// The person can sign in afterwards; the token is used up. Who has an account already keeps
// it. The audit log's actor is that person.
// Fails: as look_at_invitation(); conflict, code "account-taken"; malformed.
Result<Person> accept_invitation(const AccessDesk& desk, const std::string& token,
                                 const AcceptedInvitation& accepted);

}  // namespace conglang::server
