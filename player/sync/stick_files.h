// Files that a stick brings: a repository in a mounted folder, believed as little as a server.
//
// The repository lies in the folder "repository" of the stick, as the server keeps it. No name
// leads out of the stick, no symbolic link on it is followed, and no more is read of a file
// than was signed for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "player/store/content_store.h"
#include "player/store/file_handles.h"
#include "player/store/repository_files.h"
#include "player/sync/sync_event.h"

namespace conglang::player {

// The metadata on a stick, for PublicationKeeper::look().
//
// Threads: any.
class StickMetadata final : public MetadataSource {
 public:
  explicit StickMetadata(std::string stick) : files_(std::move(stick)) {}

  Result<std::string> read(std::string_view path, std::int64_t max_bytes) override;

 private:
  RepositoryFiles files_;  // of the whole stick
};

// What a stick holds of what is needed: its length by the digest of the file.
using StickLengths = std::map<Sha256Digest, std::int64_t>;

struct StickPlan {
  std::vector<TargetFile> copy;     // the smallest first
  std::vector<TargetFile> lacking;  // neither here nor on the stick with the signed length

  bool operator==(const StickPlan&) const = default;
};

// Pure. `missing` is what this disk lacks.
StickPlan plan_copies(const std::vector<TargetFile>& missing, const StickLengths& lengths);

// The lengths of those of `files` that are plain files on the stick.
StickLengths look_at_stick(const std::string& stick, const std::vector<TargetFile>& files);

// Copies one file, a little with each step: with the same hash, names and order as a
// download, so a stick that is pulled out leaves a part and nothing else.
//
// Threads: one at a time.
class StickCopy {
 public:
  StickCopy(std::string stick, ContentDownload download)
      : stick_(std::move(stick)), download_(std::move(download)) {}

  // True when the file is here and proven; false when there is more to do.
  // Fails: untrusted (its bytes are others), storage (also when the stick is gone).
  Result<bool> step(std::int64_t most_bytes);

  const ContentDownload& download() const { return download_; }

 private:
  std::string stick_;
  ContentDownload download_;
  FileHandle source_{-1};
  bool is_hashed_ = false;
};

}  // namespace conglang::player
