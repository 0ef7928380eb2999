// One document that is kept here, under the name it would have in a repository.
#pragma once

#include <string>
#include <string_view>

#include "playlists/trust/metadata_source.h"
#include "playlists/trust/verified_target.h"

namespace conglang::player {

class KeptDocument : public MetadataSource {
 public:
  // Requires: `document` outlives it.
  KeptDocument(const TargetFile& file, const std::string& document)
      : path_(repository_path(file)), document_(document) {}

  Result<std::string> read(std::string_view path, std::int64_t max_bytes) override {
    if (path != path_ || static_cast<std::int64_t>(document_.size()) > max_bytes) {
      return Error{ErrorKind::missing, std::string(path) + ": not kept"};
    }
    return document_;
  }

 private:
  std::string path_;
  const std::string& document_;
};

}  // namespace conglang::player
