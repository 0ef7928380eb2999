// A signed repository in a folder: what a server writes, a stick carries and a kiosk holds.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "player/store/file_handles.h"
#include "playlists/base/sha256.h"
#include "playlists/publication/publication.h"
#include "playlists/trust/metadata_source.h"

namespace conglang::player {

// Where the bytes of assets lie, by their digest.
using AssetPaths = std::map<Sha256Digest, std::string>;

// No name leads out of the folder, whatever the metadata says, and no symbolic link in it is
// followed. The folder may be missing at first and may vanish: every read then fails alone.
//
// Threads: any.
class RepositoryFiles : public MetadataSource {
 public:
  explicit RepositoryFiles(std::string folder) : folder_(std::move(folder)) {}

  Result<std::string> read(std::string_view path, std::int64_t max_bytes) override;

  // The assets of a publication whose files are here. Neither their length nor their bytes
  // are looked at: verify_file() does before the first use, and names what is wrong.
  AssetPaths find_assets(const Publication& publication) const;

 private:
  std::optional<std::string> find_asset(const FileHandle& folder,
                                        const PublishedFile& file) const;

  std::string folder_;
};

}  // namespace conglang::player
