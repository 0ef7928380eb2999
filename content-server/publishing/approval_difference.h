// Everything that an approval changes, in words: what the group shows, what is brought back,
// whom the targets role trusts. Pure.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "content-server/publishing/difference.h"
#include "playlists/base/json.h"
#include "playlists/base/result.h"

namespace conglang::server {

// Before the approval, or after it.
struct ApprovalSide {
  std::optional<std::string> publication;  // its bytes; nothing when the group shows nothing
  JsonValue targets_body;                  // null before the first release
};

// Fails: malformed when a publication does not hold.
Result<std::vector<Difference>> compare_sides(const ApprovalSide& before,
                                              const ApprovalSide& after);

// The ids of the keys that a targets body delegates `role` to.
std::set<std::string> delegated_key_ids(const JsonValue& targets_body, const std::string& role);

}  // namespace conglang::server
