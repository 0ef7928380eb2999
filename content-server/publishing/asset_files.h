// Finds the files that a person's folder names, below that folder and its asset roots.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "content-server/publishing/repository_files.h"
#include "playlists/base/result.h"
#include "playlists/publication/publication.h"

namespace conglang::server {

// An asset of the source form, found and read.
struct FoundAsset {
  std::filesystem::path path;
  PublishedFile file;
};

class AssetFiles {
 public:
  // Reads `folder`/pack.toml when it is there: asset_roots = ["../assets", ...],
  // relative to the folder.
  // Fails: malformed, naming pack.toml; missing when a root is no folder.
  static Result<AssetFiles> open(const std::filesystem::path& folder);

  // The first file of that path, below the folder itself or one of the roots.
  // Fails: missing; untrusted when a link or ".." leads out of the roots; unsupported
  // when name, bytes and kind do not agree; too_large; storage.
  Result<FoundAsset> find(AssetKind kind, const std::string& path) const;

 private:
  explicit AssetFiles(std::vector<std::filesystem::path> roots) : roots_(std::move(roots)) {}

  Result<std::filesystem::path> locate(const std::string& path) const;

  std::vector<std::filesystem::path> roots_;  // canonical
};

}  // namespace conglang::server
