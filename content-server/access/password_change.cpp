#include "content-server/access/password_change.h"

#include <algorithm>
#include <utility>

#include "content-server/access/hex.h"
#include "content-server/access/person_changes.h"

namespace conglang::server {
namespace {

Error malformed(const std::string& why) { return {ErrorKind::malformed, "locked_key: " + why}; }

Status check_relocked(const std::optional<ApproverKey>& live, const NewPassword& password) {
  if (!live) {
    return password.locked ? Status(malformed("this person has no approver key")) : Status();
  }
  if (!password.locked) return malformed("is missing: the approver key must be locked anew");
  if (password.locked->public_key != live->locked.public_key) {
    return malformed("is another key than the person's");
  }
  if (password.locked->salt != password.credentials.salt) {
    return malformed("is locked with another salt than the password has");
  }
  return {};
}

// The key's state in the root that names `trusted`.
KeyState state_after(const ApproverKey& key, bool is_named) {
  // A lost key stays lost while the root still names it beside the next one.
  if (is_named) {
    return key.state == KeyState::withdrawn ? KeyState::withdrawn : KeyState::trusted;
  }
  return key.state == KeyState::waiting ? KeyState::waiting : KeyState::removed;
}

}  // namespace

Result<NewSession> change_password(const AccessDesk& desk, const SignedIn& who,
                                   const std::string& old_hash, const NewPassword& password) {
  const PersonId& id = who.person.id;
  const auto credentials = desk.people.find_credentials(id);
  if (!credentials.ok()) return credentials.error();
  if (!*credentials || (*credentials)->login_hash != old_hash) {
    return Error{ErrorKind::conflict, "password: has just been changed elsewhere"};
  }
  auto live = find_live_key(desk, id);
  if (!live.ok()) return live.error();
  Status status = check_relocked(*live, password);
  if (status.ok()) status = desk.people.keep_credentials(id, password.credentials);
  if (status.ok() && *live) {
    (*live)->locked = *password.locked;
    status = desk.people.keep_key(**live);
  }
  if (status.ok()) status = desk.sessions.remove_of(id);
  if (status.ok()) status = desk.note("person.password-changed", "person:" + id.text(), {}, {});
  if (!status.ok()) return status.error();
  return open_session(desk, who.person, {who.session.address, who.session.client});
}

Status offer_key(const AccessDesk& desk, const SignedIn& who, const LockedKey& key) {
  if (!who.person.rights.approver) {
    return Error{ErrorKind::untrusted, "locked_key: this person does not approve",
                 "not-allowed"};
  }
  const auto live = find_live_key(desk, who.person.id);
  if (!live.ok()) return live.error();
  if (*live) return Error{ErrorKind::conflict, "locked_key: there is a key already"};
  const auto credentials = desk.people.find_credentials(who.person.id);
  if (!credentials.ok()) return credentials.error();
  if (!*credentials || (*credentials)->salt != key.salt) {
    return malformed("is locked with another salt than the password has");
  }
  return keep_new_key(desk, who.person.id, key);
}

Status apply_root(const AccessDesk& desk, const Sha256Digest& root,
                  const std::vector<std::array<std::uint8_t, 32>>& approver_keys) {
  auto office = desk.office.find();
  if (!office.ok()) return office.error();
  if (!*office) return Error{ErrorKind::missing, "office: is not set up"};
  const auto keys = desk.people.all_keys();
  if (!keys.ok()) return keys.error();
  for (const auto& named : approver_keys) {
    const auto known = std::ranges::find_if(*keys, [&](const ApproverKey& key) {
      return key.locked.public_key == named && key.state != KeyState::removed;
    });
    if (known == keys->end()) {
      return Error{ErrorKind::conflict,
                   "root: names the key " + to_hex(named) + ", which no approver has",
                   "unknown-key"};
    }
  }
  Status status;
  JsonArray trusted;
  for (ApproverKey key : *keys) {
    const bool is_named =
        std::ranges::find(approver_keys, key.locked.public_key) != approver_keys.end();
    if (is_named) trusted.push_back(to_hex(key.locked.public_key));
    key.state = state_after(key, is_named);
    if (status.ok()) status = desk.people.keep_key(key);
  }
  const std::string before = (*office)->root.hex();
  (*office)->root = root;
  if (status.ok()) status = desk.office.keep(**office);
  if (!status.ok()) return status;
  return desk.note("root.changed", "office", JsonObject{{"root", before}},
                   JsonObject{{"root", root.hex()}, {"approver_keys", std::move(trusted)}});
}

}  // namespace conglang::server
