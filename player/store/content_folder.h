// The few file operations that keeping content over a power cut needs, below one folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "playlists/base/result.h"

namespace conglang::player {

struct ContentEntry {
  std::string name;  // in its folder
  std::int64_t length = 0;

  bool operator==(const ContentEntry&) const = default;
};

// A file that grows at its end. Closed when it goes.
class ContentFile {
 public:
  virtual ~ContentFile() = default;

  // Fails: storage, with the code "no-space" when the disk is full; then a part of the bytes
  // may have been written.
  virtual Status append(std::span<const std::uint8_t> bytes) = 0;

  // Waits until its bytes are on the disk.
  virtual Status sync() = 0;
};

// Paths are like "targets/assets/<name>"; no symbolic link is followed and none leads out.
// Every operation fails with missing, unsupported or storage.
//
// Threads: one at a time.
class ContentFolder {
 public:
  virtual ~ContentFolder() = default;

  // Plain files only. Nothing when the folder is not there.
  // Fails also: too_large with more than `most` of them.
  virtual Result<std::vector<ContentEntry>> list(const std::string& folder,
                                                 std::size_t most) = 0;

  // To go on after its first `length` bytes: what is behind them is cut off. Makes the folder
  // and the file when they are not there.
  // Fails also: storage when the file is shorter.
  virtual Result<std::unique_ptr<ContentFile>> open_after(const std::string& path,
                                                          std::int64_t length) = 0;

  // As many bytes as there are from `offset` on, at most all of `bytes`; 0 at the end.
  virtual Result<std::size_t> read(const std::string& path, std::int64_t offset,
                                   std::span<std::uint8_t> bytes) = 0;

  // `to` is replaced in one step; its folder is made.
  virtual Status rename(const std::string& from, const std::string& to) = 0;

  // Waits until the names in `folder` are on the disk.
  virtual Status sync_names(const std::string& folder) = 0;

  virtual Status remove(const std::string& path) = 0;

  // What an ordinary user may still write there.
  virtual Result<std::int64_t> free_bytes() = 0;
};

inline constexpr const char* kNoSpaceCode = "no-space";

}  // namespace conglang::player
