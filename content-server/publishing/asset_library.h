// The files that were uploaded, each under the name that its content gives it.
//
// Threads: any; a file comes and goes whole.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "playlists/base/result.h"
#include "playlists/base/sha256.h"
#include "playlists/publication/publication.h"

namespace conglang::server {

// "<64 hexadecimal digits>.mp4"
struct AssetName {
  Sha256Digest sha256;
  std::string extension;

  std::string text() const { return sha256.hex() + "." + extension; }
};

// Fails: malformed; unsupported for an extension that no kiosk plays.
Result<AssetName> parse_asset_name(std::string_view text);

// A file that lies flushed on the disk, and what was seen of it while it came in.
struct IncomingFile {
  std::filesystem::path path;
  std::int64_t length = 0;
  Sha256Digest sha256;
};

class AssetLibrary {
 public:
  explicit AssetLibrary(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Takes the file by renaming it. The same file again succeeds.
  // Fails: untrusted (code "wrong-digest") when it is not the file of that name; unsupported
  // when it does not begin as its extension says; too_large; malformed for no byte; storage.
  Status take(const AssetName& name, const IncomingFile& file) const;

  // Nothing when it is not there.
  std::optional<std::int64_t> length_of(const AssetName& name) const;

  // With that length.
  bool has(const PublishedFile& file) const;

  std::filesystem::path path_of(const AssetName& name) const { return folder_ / name.text(); }

 private:
  std::filesystem::path folder_;
};

}  // namespace conglang::server
