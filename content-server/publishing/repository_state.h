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
  // The highest that lie there; 0 for none. Of those that were pushed ahead only what is
  // published counts.
  RoleVersions versions;
  std::optional<VerifiedTargets> targets;  // what is published now; expired counts too
};

// Whether no honest clock gives such a version: somebody with an online key has signed far
// ahead, so that what comes after would look old (a fast-forward). Versions are the seconds
// since 1970, so a hundred years ahead is chosen.
bool is_pushed_ahead(std::int64_t version, Instant now);

// Looks at `repository` as a kiosk does that pinned `root`. A folder without a
// timestamp has published nothing yet.
// Fails: untrusted when what is published does not hold; storage.
Result<RepositoryState> inspect_repository(const std::filesystem::path& repository,
                                           const std::string& root, Instant now);

}  // namespace conglang::server
