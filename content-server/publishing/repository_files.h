// Files of a repository on disk: read with a bound, written so that a power cut
// leaves either the old file or the new one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "playlists/base/result.h"
#include "playlists/base/sha256.h"
#include "playlists/trust/metadata_source.h"

namespace conglang::server {

struct FileDigest {
  std::int64_t length = 0;
  Sha256Digest sha256;

  bool operator==(const FileDigest&) const = default;
};

// Fails: missing; too_large beyond max_bytes; storage. The same holds below.
Result<std::string> read_file(const std::filesystem::path& path, std::int64_t max_bytes);

// At most the first `count` bytes.
Result<std::string> read_beginning(const std::filesystem::path& path, std::int64_t count);

// The file is read in pieces, so that it may be of any length.
Result<FileDigest> digest_file(const std::filesystem::path& path, std::int64_t max_bytes);

// Makes the folder and those above it.
Status make_folders(const std::filesystem::path& folder);

// By temporary file, flush, rename and flush of the folder.
Status replace_file(const std::filesystem::path& path, std::string_view bytes, int mode = 0644);

// Likewise. Fails also: conflict when `from` no longer is what `expected` says.
Status copy_file(const std::filesystem::path& from, const std::filesystem::path& to,
                 const FileDigest& expected);

// The same file under a second name where the disk can do that, else a copy of it. Both are
// never written again. Fails: as copy_file().
Status place_file(const std::filesystem::path& from, const std::filesystem::path& to,
                  const FileDigest& expected);

// Requires: both on one disk, and `from` flushed.
Status move_file(const std::filesystem::path& from, const std::filesystem::path& to);

// A repository folder as the client rules read it.
class FolderSource : public MetadataSource {
 public:
  explicit FolderSource(std::filesystem::path repository)
      : repository_(std::move(repository)) {}
  Result<std::string> read(std::string_view path, std::int64_t max_bytes) override {
    return read_file(repository_ / path, max_bytes);
  }

 private:
  std::filesystem::path repository_;
};

}  // namespace conglang::server
