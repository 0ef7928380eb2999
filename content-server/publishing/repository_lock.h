// One writer of the repository at a time, in whatever thread or process it lives.
#pragma once

#include <filesystem>

#include "content-server/publishing/file_handles.h"
#include "playlists/base/result.h"

namespace conglang::server {

// Held as long as it lives.
class RepositoryLock {
 public:
  // Waits for the one who writes. Fails: storage.
  static Result<RepositoryLock> take(const std::filesystem::path& file);

 private:
  explicit RepositoryLock(FileHandle file) : file_(std::move(file)) {}
  FileHandle file_;
};

}  // namespace conglang::server
