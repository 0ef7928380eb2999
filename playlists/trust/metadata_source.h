// Reads named files of a repository, from wherever the caller has them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "playlists/base/result.h"

namespace conglang {

// Implemented by the callers of refresh(): over a folder, a network, a test's memory.
class MetadataSource {
 public:
  virtual ~MetadataSource() = default;

  // The whole file at `path` below the repository: "metadata/timestamp.json",
  // "targets/publications/<sha256>.<group>.json". Reading stops once more than
  // `max_bytes` have come.
  // Fails: missing when it is not there; too_large when it is longer than
  // max_bytes; storage when it cannot be read.
  virtual Result<std::string> read(std::string_view path, std::int64_t max_bytes) = 0;
};

}  // namespace conglang
