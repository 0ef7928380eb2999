// What a backup says about itself: the digest of every file in it. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "content-server/publishing/repository_files.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

inline constexpr const char* kManifestName = "manifest.json";
inline constexpr std::int64_t kMostManifestBytes = 256 << 20;  // a million files

struct BackupManifest {
  Instant made_at{};
  std::string program;                      // its version
  std::map<std::string, FileDigest> files;  // by their names in the archive

  bool operator==(const BackupManifest&) const = default;
};

std::string write_manifest(const BackupManifest& manifest);

// Fails: malformed; too_large.
Result<BackupManifest> read_manifest(std::string_view bytes);

// Whether a file of that name has a place in a backup: below one of the folders that are
// kept, with no part that leads elsewhere.
bool may_be_in_backup(std::string_view name);

}  // namespace conglang::server
