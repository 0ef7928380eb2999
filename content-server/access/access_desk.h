// What a use case of this room works with: the stores of one transaction, who acts, and when.
#pragma once

#include <string>

#include "content-server/access/access_store.h"
#include "content-server/audit/audit_log.h"
#include "playlists/base/json.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

struct AccessDesk {
  PeopleStore& people;
  SessionStore& sessions;
  UnitStore& units;
  OfficeStore& office;
  AuditLog& audit;
  std::string actor;  // "person:<id>", "command-line", "server"
  Instant now{};

  // Writes it into the audit log.
  Status note(const std::string& action, const std::string& subject, JsonValue before,
              JsonValue after) const;
};

// Fails: missing, naming the person.
Result<Person> find_person(const AccessDesk& desk, const PersonId& id);

// The person's key that is or shall be in the root; the newest when there are two.
Result<std::optional<ApproverKey>> find_live_key(const AccessDesk& desk, const PersonId& id);

// A fresh id by `now` and random bits.
std::string new_id(Instant now);

}  // namespace conglang::server
