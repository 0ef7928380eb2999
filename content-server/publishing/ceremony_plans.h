// What a person means by "add", "rotate" and "revoke", as changes of the root. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "content-server/access/person.h"
#include "content-server/publishing/root_ceremony.h"
#include "playlists/base/result.h"

namespace conglang::server {

enum class KeyStep {
  add,     // the waiting key, beside those that are there
  rotate,  // the waiting key, in the place of those that are there
  revoke,  // those that are there go: the withdrawn ones, or all when none is withdrawn
};

// The approver's keys are those of one person, by the time of their making.
// Fails: missing when no key waits, or none of them is named.
Result<RootChange> plan_approver(KeyStep step, const std::vector<ApproverKey>& keys,
                                 const RootMetadata& root);

// Of snapshot or timestamp: `next` takes the place of the one in use.
RootChange plan_online_key(Role role, const PublicKey& next, const RootMetadata& root);

struct RootKeyPlan {
  KeyStep step = KeyStep::add;
  std::optional<PublicKey> next;          // for add and rotate
  std::string gone;                       // id of the key that goes; for rotate and revoke
  std::optional<std::int64_t> threshold;  // how many must sign from then on
};

// A rotation without `gone` replaces the only root key.
// Fails: malformed when it is not said which one goes.
Result<RootChange> plan_root_key(const RootKeyPlan& plan, const RootMetadata& root);

}  // namespace conglang::server
