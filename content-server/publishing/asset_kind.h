// Which files may be assets, by name and by their first bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "playlists/base/result.h"
#include "playlists/publication/publication.h"

namespace conglang::server {

// As many first bytes as is_of_format() wants to see.
inline constexpr std::int64_t kFormatBytes = 12;

// The longest file of a kind. Chosen: 64 MiB is a picture of 100 megapixels, 4 GiB
// is an hour of film at 9 Mbit/s.
std::int64_t max_bytes(AssetKind kind);

// "mp4", "jpg", "png" or "webp" in lower case; "jpeg" becomes "jpg".
// Fails: unsupported when the name does not end so, or not so for this kind.
Result<std::string> extension_of(AssetKind kind, std::string_view path);

// Whether a file of that extension can begin like this.
bool is_of_format(std::string_view extension, std::string_view first_bytes);

}  // namespace conglang::server
