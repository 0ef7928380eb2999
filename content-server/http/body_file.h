// A request's body on its way to the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "content-server/http/file_handles.h"
#include "content-server/http/request.h"
#include "playlists/base/result.h"
#include "playlists/base/sha256.h"

namespace conglang::server {

// Threads: one at a time; waits for the disk, so workers only.
// Owns: the file, which vanishes with it unless somebody renamed it.
class BodyFile {
 public:
  // A new file, mode 0600, of a name that nobody can guess. Fails: storage.
  static Result<std::unique_ptr<BodyFile>> create(const std::filesystem::path& folder);
  ~BodyFile();
  BodyFile(const BodyFile&) = delete;
  BodyFile& operator=(const BodyFile&) = delete;

  // Fails: storage (code "disk-full" when that is why).
  Status write(std::span<const char> bytes);

  // Flushed to the disk and closed. Requires: called once, last. Fails: storage.
  Result<UploadedFile> finish();

 private:
  BodyFile(std::filesystem::path path, FileHandle file)
      : path_(std::move(path)), file_(std::move(file)) {}

  std::filesystem::path path_;
  FileHandle file_;
  Sha256 digest_;
  std::int64_t length_ = 0;
};

}  // namespace conglang::server
