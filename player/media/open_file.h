// A regular file, opened for reading.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "playlists/base/result.h"

namespace conglang::player {

class OpenFile {
 public:
  // Never waits for the other end of a pipe or a device.
  // Fails: missing, storage, malformed when empty, unsupported when no regular file.
  static Result<OpenFile> open(const std::string& path);

  OpenFile(OpenFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)), size_(other.size_) {}
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile();

  std::int64_t size() const { return size_; }

  // Bytes read, 0 at the end, -errno when it fails.
  std::ptrdiff_t read(std::span<std::uint8_t> into) const;
  // As read(), but goes on until `into` is full or the file is over.
  std::ptrdiff_t read_fully(std::span<std::uint8_t> into) const;
  // The new position, or -errno.
  std::int64_t seek(std::int64_t offset, int whence) const;

 private:
  OpenFile(int fd, std::int64_t size) : fd_(fd), size_(size) {}
  int fd_;
  std::int64_t size_;
};

}  // namespace conglang::player
