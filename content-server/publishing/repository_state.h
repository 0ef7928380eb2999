// What a repository holds before a new version is written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "playlists/base/result.h"
#include "playlists/base/time.h"
#include "playlists/trust/verified_target.h"

namespace conglang::server {

struct RoleVersions {
  std::int64_t targets = 0;
  std::int64_t takedown = 0;
  std::int64_t snapshot = 0;
  std::int64_t timestamp = 0;
  std::int64_t urgent = 0;
};

struct RepositoryState {
  RoleVersions versions;                   // the highest that lie there; 0 for none
  std::optional<VerifiedTargets> targets;  // what is published now; expired counts too
};

// Looks at `repository` as a kiosk does that pinned `root`. A folder without a
// timestamp has published nothing yet.
// Fails: untrusted when what is published does not hold; storage.
Result<RepositoryState> inspect_repository(const std::filesystem::path& repository,
                                           const std::string& root, Instant now);

}  // namespace conglang::server
