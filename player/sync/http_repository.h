// The signed repository of the server, read over HTTP.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "player/sync/http_client.h"
#include "playlists/trust/metadata_source.h"

namespace conglang::player {

// The one file that changes under its name, timestamp.json, is asked for by its entity tag:
// when the server says that it is the same, the bytes seen last are given once more.
//
// Threads: the client's.
class HttpRepository : public MetadataSource {
 public:
  // Requires: the client outlives it.
  explicit HttpRepository(HttpClient& client) : client_(client) {}

  Result<std::string> read(std::string_view path, std::int64_t max_bytes) override;

  // Why a file could not be had since the last call, when the cause lay on the way to the
  // server and not in the repository: "missing" would send people to the wrong place.
  std::optional<HttpFailure> take_failure();

  // "/repository/" and what a file of the repository is called there.
  static std::string path_of(std::string_view path);

 private:
  HttpClient& client_;
  std::string seen_path_;
  std::string seen_etag_;
  std::string seen_bytes_;
  std::optional<HttpFailure> failure_;
};

}  // namespace conglang::player
