#include "content-server/access/access_desk.h"

#include <sodium.h>

#include <utility>

#include "playlists/base/check.h"
#include "playlists/base/uuid.h"

namespace conglang::server {

Status AccessDesk::note(const std::string& action, const std::string& subject, JsonValue before,
                        JsonValue after) const {
  return audit.append({now, actor, action, subject, std::move(before), std::move(after)});
}

Result<Person> find_person(const AccessDesk& desk, const PersonId& id) {
  auto person = desk.people.find(id);
  if (!person.ok()) return person.error();
  if (!*person) return Error{ErrorKind::missing, "person " + id.text() + ": is not there"};
  return std::move(**person);
}

Result<std::optional<ApproverKey>> find_live_key(const AccessDesk& desk, const PersonId& id) {
  const auto keys = desk.people.all_keys();
  if (!keys.ok()) return keys.error();
  std::optional<ApproverKey> live;
  for (const ApproverKey& key : *keys) {
    const bool is_live = key.state == KeyState::waiting || key.state == KeyState::trusted;
    if (key.person == id && is_live) live = key;
  }
  return live;
}

std::string new_id(Instant now) {
  check(sodium_init() >= 0, "libsodium has a source of randomness");
  std::uint64_t random[2];
  randombytes_buf(random, sizeof random);
  return make_uuid7(now, random[0], random[1]);
}

}  // namespace conglang::server
