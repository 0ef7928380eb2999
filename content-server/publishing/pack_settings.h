// What pack.toml in a person's folder may say.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "playlists/base/result.h"

namespace conglang::server {

struct PackSettings {
  std::vector<std::string> asset_roots;  // folders, relative to that of pack.toml
};

// A missing file says nothing.
// Fails: malformed with file, line and what is wrong, also for unknown names.
Result<PackSettings> read_pack_settings(const std::filesystem::path& path);

}  // namespace conglang::server
