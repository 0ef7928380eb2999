// A person's own password and approver key.
#pragma once

#include <optional>

#include "content-server/access/access_desk.h"
#include "content-server/access/sign_in.h"

namespace conglang::server {

struct NewPassword {
  Credentials credentials;          // hashed before
  std::optional<LockedKey> locked;  // the same approver key, locked with the new password
};

// Replaces the password and ends every session; gives a new one to who asked.
// Requires: the old login key was checked against `old_hash` outside.
// Fails: conflict when the password is another meanwhile; malformed when a person with an
// approver key does not send it locked anew, or sends another key.
Result<NewSession> change_password(const AccessDesk& desk, const SignedIn& who,
                                   const std::string& old_hash, const NewPassword& password);

// An approver without a key offers one for the next root ceremony.
// Fails: untrusted when the person does not approve; conflict when there is a key already;
// malformed when it is locked with another salt than the person's password has.
Status offer_key(const AccessDesk& desk, const SignedIn& who, const LockedKey& key);

// After a root ceremony: the keys in the new root are trusted, or stay withdrawn where they
// were lost; all others are not.
// Fails: conflict, code "unknown-key" when the root names a key that is nobody's or was
// removed by an earlier root.
Status apply_root(const AccessDesk& desk, const Sha256Digest& root,
                  const std::vector<std::array<std::uint8_t, 32>>& approver_keys);

}  // namespace conglang::server
