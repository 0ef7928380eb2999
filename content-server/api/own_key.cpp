#include "content-server/api/own_key.h"

#include "content-server/publishing/root_ceremony.h"

namespace conglang::server {
namespace {

std::string id_of_locked(const LockedKey& locked) {
  return id_of(PublicKey{"ed25519", "ed25519", locked.public_key});
}

}  // namespace

Status require_own_key(const ApiParts& parts, const Caller& caller, const std::string& key_id) {
  return parts.transactions.read([&](const Stores& stores) -> Status {
    const auto keys = stores.people.all_keys();
    if (!keys) return keys.error();
    for (const ApproverKey& key : *keys) {
      if (key.person == caller.who.person.id && key.state == KeyState::trusted &&
          id_of_locked(key.locked) == key_id) {
        return {};
      }
    }
    return Error{ErrorKind::untrusted,
                 "approval: it is not signed with a trusted key of whoever hands it in",
                 "not-your-key"};
  });
}

}  // namespace conglang::server
