// File descriptors with an owner, and reading through them without leaving a folder.
//
// Errors name the path: missing, too_large, unsupported (no plain file), storage.
#pragma once

#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "playlists/base/result.h"

namespace conglang::player {

// Owns: the descriptor.
class FileHandle {
 public:
  explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
  FileHandle(FileHandle&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileHandle& operator=(FileHandle&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~FileHandle() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  int get() const { return descriptor_; }
  bool is_open() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

// The kind by errno, the message with the path.
Error file_error(std::string_view path, int error_number);

Result<FileHandle> open_folder(const std::string& path);

// Opens a plain file for reading, without waiting for a pipe or a device.
Result<FileHandle> open_file(const std::string& path);

// As open_file(), below an open folder. Only names go down: an absolute path, "..", an
// empty part and a symbolic link are refused as unsupported.
Result<FileHandle> open_below(const FileHandle& folder, std::string_view path);

Result<std::int64_t> length_of(const FileHandle& file, std::string_view path);

// The whole file; too_large once it is longer than max_bytes.
Result<std::string> read_whole(const FileHandle& file, std::string_view path,
                               std::int64_t max_bytes);

}  // namespace conglang::player
