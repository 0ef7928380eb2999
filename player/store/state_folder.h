// The few file operations that keeping state over a power cut needs, on one flat folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "playlists/base/result.h"

namespace conglang::player {

// Names are plain file names of ours, never anything from outside.
//
// Threads: one at a time.
class StateFolder {
 public:
  virtual ~StateFolder() = default;

  // Fails: missing, too_large (more than max_bytes), storage.
  virtual Result<std::string> read(std::string_view name, std::int64_t max_bytes) = 0;

  // Writes the whole file and waits until its bytes are on the disk; whether its name is,
  // only sync_names() says.
  virtual Status write_synced(std::string_view name, std::string_view bytes) = 0;

  // `to` is replaced in one step: it is either the old file or the new one.
  virtual Status rename(std::string_view from, std::string_view to) = 0;

  // Waits until the names are on the disk.
  virtual Status sync_names() = 0;

  virtual Status remove(std::string_view name) = 0;
};

// Whatever fails and whenever the power goes, `name` holds the old bytes or the new ones.
// Fails: storage; then the old bytes are what a reader finds, or already the new ones when
// only the last flush failed.
Status replace_file(StateFolder& folder, const std::string& name, std::string_view bytes);

}  // namespace conglang::player
