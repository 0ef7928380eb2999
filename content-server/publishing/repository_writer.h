// Writes the next version of a repository so that at every moment the old version
// or the new one holds, whole.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "content-server/publishing/asset_files.h"
#include "content-server/publishing/key_folder.h"
#include "content-server/publishing/repository_state.h"
#include "playlists/base/ids.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

// One line for a person who waits.
using Progress = std::function<void(const std::string&)>;

struct NewRelease {
  GroupId group;
  std::string publication;                 // the JSON in its published form
  std::vector<FoundAsset> assets;          // each file once
  std::map<std::string, TargetFile> kept;  // of the other groups, already there
};

struct WrittenRelease {
  std::int64_t version = 0;  // of the targets
  Instant fresh_until{};     // when timestamp and snapshot expire
  int assets_written = 0;    // the others were there already
  std::int64_t bytes_written = 0;
};

class RepositoryWriter {
 public:
  // `keys` must live as long.
  RepositoryWriter(std::filesystem::path repository, const PackKeys& keys, Instant now)
      : repository_(std::move(repository)), keys_(keys), now_(now) {}

  // Assets first, timestamp.json last, and that only after the whole was checked by
  // the rules of a kiosk.
  // Fails: storage; conflict when the repository hangs on another root; untrusted
  // when a kiosk would not accept it. In each case the old version still holds.
  Result<WrittenRelease> publish(const NewRelease& release, const RoleVersions& previous,
                                 const Progress& progress);

 private:
  Status write_assets(const NewRelease& release, const Progress& progress);
  Status write_root() const;
  Status write_target(const TargetFile& file, const std::string& bytes) const;
  Result<std::string> write_metadata_files(const std::map<std::string, TargetFile>& files,
                                           const RoleVersions& versions) const;
  Status check_as_kiosk(const std::string& timestamp) const;

  std::filesystem::path repository_;
  const PackKeys& keys_;
  Instant now_;
  WrittenRelease written_;
};

// A target of that path and those bytes.
TargetFile publication_target(const GroupId& group, const std::string& bytes);
TargetFile asset_target(const PublishedFile& file);

}  // namespace conglang::server
