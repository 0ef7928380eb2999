#include "content-server/publishing/ceremony_plans.h"

#include <algorithm>

namespace conglang::server {
namespace {

PublicKey public_key_of(const ApproverKey& key) {
  return {"ed25519", "ed25519", key.locked.public_key};
}

bool is_named(const ApproverKey& key, const RootMetadata& root) {
  return root.roles.at(Role::targets).key_ids.contains(id_of(public_key_of(key)));
}

Result<RootChange> with_waiting(RootChange change, const std::vector<ApproverKey>& keys) {
  const auto waiting = std::find_if(keys.rbegin(), keys.rend(), [](const ApproverKey& key) {
    return key.state == KeyState::waiting;
  });
  if (waiting == keys.rend()) {
    return Error{ErrorKind::missing,
                 "key: none waits; `user reset` gives the person a link to make the next one",
                 "no-waiting-key"};
  }
  change.add.push_back({Role::targets, public_key_of(*waiting)});
  return change;
}

std::vector<NamedKeyId> named_keys(const std::vector<ApproverKey>& keys,
                                   const RootMetadata& root, bool only_withdrawn) {
  std::vector<NamedKeyId> named;
  for (const ApproverKey& key : keys) {
    if (only_withdrawn && key.state != KeyState::withdrawn) continue;
    if (is_named(key, root)) named.push_back({Role::targets, id_of(public_key_of(key))});
  }
  return named;
}

}  // namespace

Result<RootChange> plan_approver(KeyStep step, const std::vector<ApproverKey>& keys,
                                 const RootMetadata& root) {
  if (step == KeyStep::add) return with_waiting({}, keys);
  RootChange change;
  if (step == KeyStep::revoke) change.remove = named_keys(keys, root, true);
  if (change.remove.empty()) change.remove = named_keys(keys, root, false);
  if (change.remove.empty()) {
    return Error{ErrorKind::missing, "key: the root names none of this person", "no-such-key"};
  }
  if (step == KeyStep::revoke) return change;
  return with_waiting(std::move(change), keys);
}

RootChange plan_online_key(Role role, const PublicKey& next, const RootMetadata& root) {
  RootChange change{{{role, next}}, {}, {}};
  for (const std::string& id : root.roles.at(role).key_ids) change.remove.push_back({role, id});
  return change;
}

Result<RootChange> plan_root_key(const RootKeyPlan& plan, const RootMetadata& root) {
  const std::set<std::string>& ids = root.roles.at(Role::root).key_ids;
  RootChange change;
  change.root_threshold = plan.threshold;
  if (plan.next) change.add.push_back({Role::root, *plan.next});
  if (plan.step == KeyStep::add) return change;
  const bool is_only = plan.step == KeyStep::rotate && ids.size() == 1;
  if (plan.gone.empty() && !is_only) {
    return Error{ErrorKind::malformed,
                 "--key: which root key goes? `keys list` shows them; a part of the id does",
                 "which-key"};
  }
  for (const std::string& id : ids) {
    if (id.starts_with(plan.gone)) change.remove.push_back({Role::root, id});
  }
  if (change.remove.size() == 1) return change;
  return Error{ErrorKind::malformed,
               "--key " + plan.gone + ": " + std::to_string(change.remove.size()) +
                   " root keys begin so",
               "which-key"};
}

}  // namespace conglang::server
