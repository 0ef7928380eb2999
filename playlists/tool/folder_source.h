// Reads the files of a repository that lies in a folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "playlists/base/result.h"
#include "playlists/trust/metadata_source.h"

namespace conglang {

class FolderSource : public MetadataSource {
 public:
  explicit FolderSource(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<std::string> read(std::string_view path, std::int64_t max_bytes) override;

  // The file in pieces, until `take` says false or it ends.
  // Fails: missing, storage.
  Status stream(std::string_view path,
                const std::function<bool(std::span<const std::uint8_t>)>& take) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace conglang
