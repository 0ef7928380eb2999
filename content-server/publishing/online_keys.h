// The keys that the server itself signs with: they renew and hide, they never add.
//
// Two files for each role, so that the next key waits beside the one in use until an approver
// or a root ceremony names it.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "content-server/publishing/signing_key.h"
#include "playlists/base/result.h"

namespace conglang::server {

struct OnlineKeys {
  SigningKey snapshot;
  SigningKey timestamp;
  SigningKey takedown;
};

// ROLE.key or ROLE-next.key of `folder`, whichever has one of `key_ids`.
// Fails: missing; malformed; storage.
Result<SigningKey> open_online_key(const std::filesystem::path& folder, const std::string& role,
                                   const std::set<std::string>& key_ids);

// ROLE.key and the others, made for their owner alone when they are not there: for set-up.
Result<OnlineKeys> open_first_online_keys(const std::filesystem::path& folder);

// ROLE-next.key, which waits beside the one of `key_ids`; made when there is none.
// Requires: nobody else makes or retires keys meanwhile (the repository's lock).
Result<SigningKey> open_waiting_key(const std::filesystem::path& folder,
                                    const std::string& role,
                                    const std::set<std::string>& key_ids);

// The same where it is there; nothing when no key waits.
Result<std::optional<SigningKey>> find_waiting_key(const std::filesystem::path& folder,
                                                   const std::string& role,
                                                   const std::set<std::string>& key_ids);

// When ROLE-next.key is one of `key_ids` it becomes ROLE.key, and what that was is gone: a
// key that was rotated away must never come back by itself.
Status retire_online_key(const std::filesystem::path& folder, const std::string& role,
                         const std::set<std::string>& key_ids);

}  // namespace conglang::server
