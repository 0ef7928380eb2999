// Where people, sessions, units and the office's settings stay. Implemented by storage; each
// bound to one transaction.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "content-server/access/office.h"
#include "content-server/access/person.h"
#include "content-server/access/session.h"
#include "playlists/base/ids.h"
#include "playlists/base/result.h"

namespace conglang::server {

// Everything kept replaces what was there under the same id; all find() give nothing for what
// is not there. Each fails with storage, and malformed for a text that is no UTF-8.
class PeopleStore {
 public:
  virtual ~PeopleStore() = default;

  // Fails: conflict, code "duplicate" when somebody else has the account.
  virtual Status keep(const Person& person) = 0;
  virtual Result<std::optional<Person>> find(const PersonId& id) = 0;
  virtual Result<std::optional<Person>> find_account(const std::string& account) = 0;
  virtual Result<std::vector<Person>> all() = 0;  // by the time of their making

  virtual Status keep_credentials(const PersonId& id, const Credentials& credentials) = 0;
  virtual Result<std::optional<Credentials>> find_credentials(const PersonId& id) = 0;
  virtual Status remove_credentials(const PersonId& id) = 0;

  // By public key. Fails: conflict, code "duplicate" when it is another person's.
  virtual Status keep_key(const ApproverKey& key) = 0;
  virtual Result<std::vector<ApproverKey>> all_keys() = 0;  // by the time of their making

  // One for each person; a new one replaces the old.
  virtual Status keep_invitation(const Invitation& invitation) = 0;
  virtual Result<std::optional<Invitation>> find_invitation(const Sha256Digest& token) = 0;
  virtual Status remove_invitation(const PersonId& person) = 0;
};

class SessionStore {
 public:
  virtual ~SessionStore() = default;

  virtual Status add(const Session& session, const Sha256Digest& token) = 0;
  // As kept: whether it still counts is for authenticate().
  virtual Result<std::optional<SignedIn>> find(const Sha256Digest& token) = 0;
  virtual Status touch(const std::string& id, Instant seen_at) = 0;
  virtual Result<std::vector<Session>> of(const PersonId& person) = 0;  // newest first
  virtual Status remove(const std::string& id) = 0;
  virtual Status remove_of(const PersonId& person) = 0;
  virtual Status remove_all() = 0;
  // Those made before `made` or not seen since `seen`.
  virtual Status remove_stale(Instant made, Instant seen) = 0;

  // No failures when there is nothing under that name.
  virtual Result<Attempts> attempts(const std::string& name) = 0;
  virtual Status keep_attempts(const std::string& name, const Attempts& attempts) = 0;
  virtual Status remove_attempts_before(Instant last) = 0;
};

class UnitStore {
 public:
  virtual ~UnitStore() = default;

  // Fails: conflict, code "reference" when it names a person that is not there.
  virtual Status keep(const Unit& unit) = 0;
  virtual Result<std::optional<Unit>> find(const UnitId& id) = 0;
  virtual Result<std::vector<Unit>> all() = 0;  // by id, which is by the time of making
};

class OfficeStore {
 public:
  virtual ~OfficeStore() = default;

  virtual Status keep(const Office& office) = 0;
  virtual Result<std::optional<Office>> find() = 0;

  virtual Status keep_setup_code(const SetupCode& code) = 0;
  virtual Result<std::optional<SetupCode>> find_setup_code() = 0;
  virtual Status remove_setup_code() = 0;

  // Makes the salts of unknown accounts; 32 random bytes, made once.
  virtual Status keep_salt_secret(const Secret& secret) = 0;
  virtual Result<std::optional<Secret>> find_salt_secret() = 0;
};

}  // namespace conglang::server
