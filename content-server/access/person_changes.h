// Small steps that several use cases about people share.
#pragma once

#include <string>

#include "content-server/access/access_desk.h"
#include "playlists/base/json.h"
#include "playlists/base/result.h"

namespace conglang::server {

// What the audit log tells of a person: nothing secret.
JsonValue person_for_audit(const Person& person);

// In NFC. Fails: malformed; code "bad-name".
Result<std::string> checked_name(const std::string& name);

// Marks the person's keys that are or shall be in the root, and notes it.
Status withdraw_keys(const AccessDesk& desk, const PersonId& person, const std::string& why);

// Keeps the person's first or next key, which waits for a root ceremony.
// Fails: conflict when it is known already.
Status keep_new_key(const AccessDesk& desk, const PersonId& person, const LockedKey& key);

}  // namespace conglang::server
