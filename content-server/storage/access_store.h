// People, sessions, units and the office's settings as tables.
//
// Threads: as their connection.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "content-server/access/access_store.h"
#include "playlists/base/result.h"

namespace soci {
class session;
}  // namespace soci

namespace conglang::server {

// A row that cannot be what was kept fails with storage, naming it.
class SqlPeopleStore : public PeopleStore {
 public:
  // Requires: `session` outlives this.
  explicit SqlPeopleStore(soci::session& session) : session_(session) {}

  Status keep(const Person& person) override;
  Result<std::optional<Person>> find(const PersonId& id) override;
  Result<std::optional<Person>> find_account(const std::string& account) override;
  Result<std::vector<Person>> all() override;
  Status keep_credentials(const PersonId& id, const Credentials& credentials) override;
  Result<std::optional<Credentials>> find_credentials(const PersonId& id) override;
  Status remove_credentials(const PersonId& id) override;
  Status keep_key(const ApproverKey& key) override;
  Result<std::vector<ApproverKey>> all_keys() override;
  Status keep_invitation(const Invitation& invitation) override;
  Result<std::optional<Invitation>> find_invitation(const Sha256Digest& token) override;
  Status remove_invitation(const PersonId& person) override;

 private:
  soci::session& session_;
};

class SqlSessionStore : public SessionStore {
 public:
  // Requires: `session` outlives this.
  explicit SqlSessionStore(soci::session& session) : session_(session) {}

  Status add(const Session& session, const Sha256Digest& token) override;
  Result<std::optional<SignedIn>> find(const Sha256Digest& token) override;
  Status touch(const std::string& id, Instant seen_at) override;
  Result<std::vector<Session>> of(const PersonId& person) override;
  Status remove(const std::string& id) override;
  Status remove_of(const PersonId& person) override;
  Status remove_all() override;
  Status remove_stale(Instant made, Instant seen) override;
  Result<Attempts> attempts(const std::string& name) override;
  Status keep_attempts(const std::string& name, const Attempts& attempts) override;
  Status remove_attempts_before(Instant last) override;

 private:
  soci::session& session_;
};

class SqlUnitStore : public UnitStore {
 public:
  // Requires: `session` outlives this.
  explicit SqlUnitStore(soci::session& session) : session_(session) {}

  Status keep(const Unit& unit) override;
  Result<std::optional<Unit>> find(const UnitId& id) override;
  Result<std::vector<Unit>> all() override;

 private:
  soci::session& session_;
};

class SqlOfficeStore : public OfficeStore {
 public:
  // Requires: `session` outlives this.
  explicit SqlOfficeStore(soci::session& session) : session_(session) {}

  Status keep(const Office& office) override;
  Result<std::optional<Office>> find() override;
  Status keep_setup_code(const SetupCode& code) override;
  Result<std::optional<SetupCode>> find_setup_code() override;
  Status remove_setup_code() override;
  Status keep_salt_secret(const Secret& secret) override;
  Result<std::optional<Secret>> find_salt_secret() override;

 private:
  Status keep_document(const std::string& word, const std::string& document);
  Result<std::optional<std::string>> find_document(const std::string& word);

  soci::session& session_;
};

}  // namespace conglang::server
