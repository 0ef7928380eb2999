// Who works here: people, what they may do, their keys, and the units that answer for screens.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content-server/access/locked_key.h"
#include "content-server/access/password_keys.h"
#include "playlists/base/ids.h"
#include "playlists/base/localized_text.h"
#include "playlists/base/result.h"
#include "playlists/base/sha256.h"
#include "playlists/base/time.h"

namespace conglang::server {

// Three roles and two ticks. A read-only person has none of the others.
struct Rights {
  bool author = false;         // writes and submits
  bool approver = false;       // signs what may be shown
  bool administrator = false;  // people, units, kiosks
  bool may_take_down = false;  // hides at once what is shown
  bool read_only = false;      // looks on, the audit log included

  bool operator==(const Rights&) const = default;
};

enum class PersonState {
  invited,  // a link waits for an answer; cannot sign in
  active,
  closed,  // for ever: a person who comes back is invited anew
};

struct Person {
  PersonId id;
  std::string account;  // see is_valid_account(); empty until the invitation is accepted
  std::string name;     // as colleagues know them
  Rights rights;
  PersonState state = PersonState::invited;
  std::optional<Instant> ends_at;  // from then on the account is closed
  Instant made_at{};

  bool operator==(const Person&) const = default;
};

// Whether the person can act at `now`.
bool is_active(const Person& person, Instant now);

// [a-z0-9] with single . - _ between; 2 to 40 characters.
bool is_valid_account(std::string_view account);

// Fails: malformed for an empty set, and for read_only beside anything else.
Status check_rights(const Rights& rights);

// What the server keeps to know a password again: nothing that unlocks anything.
struct Credentials {
  PasswordSalt salt{};
  std::string login_hash;  // crypto_pwhash_str of the login key
};

enum class KeyState {
  waiting,    // the next root ceremony takes it in
  trusted,    // the root names it
  withdrawn,  // lost, or its person no longer approves: the next root ceremony removes it
  removed,    // the root names it no more
};

struct ApproverKey {
  PersonId person;
  LockedKey locked;
  KeyState state = KeyState::waiting;
  Instant made_at{};

  bool operator==(const ApproverKey&) const = default;
};

struct Invitation {
  PersonId person;
  Sha256Digest token;  // of what the link carries
  Instant ends_at{};
  std::string made_by;  // as an actor of the audit log

  bool operator==(const Invitation&) const = default;
};

// One officer answers for a unit's screens, from `starts_at` until somebody else does.
struct Responsibility {
  PersonId person;
  std::optional<PersonId> deputy;
  Instant starts_at{};
  std::optional<Instant> ends_at;

  bool operator==(const Responsibility&) const = default;
};

struct Unit {
  UnitId id;
  LocalizedText name;
  bool is_closed = false;
  std::vector<Responsibility> responsible;  // by time, never two at once

  bool operator==(const Unit&) const = default;
};

// "active", "waiting", ...; the parsers give nothing for an unknown word.
std::string_view to_string(PersonState state);
std::string_view to_string(KeyState state);
std::optional<PersonState> parse_person_state(std::string_view word);
std::optional<KeyState> parse_key_state(std::string_view word);

}  // namespace conglang::server
