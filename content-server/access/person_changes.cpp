#include "content-server/access/person_changes.h"

#include <algorithm>
#include <utility>

#include "content-server/access/hex.h"
#include "content-server/access/people.h"

namespace conglang::server {

JsonValue person_for_audit(const Person& person) {
  JsonArray rights;
  const Rights& has = person.rights;
  if (has.author) rights.push_back("author");
  if (has.approver) rights.push_back("approver");
  if (has.administrator) rights.push_back("administrator");
  if (has.may_take_down) rights.push_back("may_take_down");
  if (has.read_only) rights.push_back("read_only");
  JsonObject object{{"name", person.name},
                    {"account", person.account},
                    {"rights", std::move(rights)},
                    {"state", std::string(to_string(person.state))}};
  if (person.ends_at) object.emplace_back("ends_at", format_instant(*person.ends_at));
  return object;
}

Result<std::string> checked_name(const std::string& name) {
  auto normal = normalize_text(name);
  if (!normal.ok()) return Error{ErrorKind::malformed, "name: " + normal.error().message};
  const auto characters = static_cast<std::size_t>(
      std::ranges::count_if(*normal, [](char c) { return (c & 0xc0) != 0x80; }));
  const bool has_line = normal->find('\n') != std::string::npos;
  if (characters == 0 || characters > kMostNameCharacters || has_line) {
    return Error{
        ErrorKind::malformed,
        "name: must be one line of 1 to " + std::to_string(kMostNameCharacters) + " characters",
        "bad-name"};
  }
  return normal;
}

Status withdraw_keys(const AccessDesk& desk, const PersonId& person, const std::string& why) {
  const auto keys = desk.people.all_keys();
  if (!keys.ok()) return keys.error();
  for (ApproverKey key : *keys) {
    const bool is_live = key.state == KeyState::waiting || key.state == KeyState::trusted;
    if (key.person != person || !is_live) continue;
    // A key that no root ever named needs no ceremony to go.
    key.state = key.state == KeyState::waiting ? KeyState::removed : KeyState::withdrawn;
    Status status = desk.people.keep_key(key);
    if (status.ok()) {
      status = desk.note("key.withdrawn", "person:" + person.text(), {},
                         JsonObject{{"public", to_hex(key.locked.public_key)}, {"why", why}});
    }
    if (!status.ok()) return status;
  }
  return {};
}

Status keep_new_key(const AccessDesk& desk, const PersonId& person, const LockedKey& key) {
  const auto keys = desk.people.all_keys();
  if (!keys.ok()) return keys.error();
  const bool is_known = std::ranges::any_of(*keys, [&](const ApproverKey& other) {
    return other.locked.public_key == key.public_key;
  });
  if (is_known) {
    return Error{ErrorKind::conflict, "approver key: is known already", "duplicate"};
  }
  Status status = desk.people.keep_key({person, key, KeyState::waiting, desk.now});
  if (!status.ok()) return status;
  return desk.note("key.offered", "person:" + person.text(), {},
                   JsonObject{{"public", to_hex(key.public_key)}});
}

}  // namespace conglang::server
