// The 512 bytes before each file of a tar archive. Pure.
//
// Source: POSIX.1-2017, pax, "ustar Interchange Format"; a length of 8 GiB or more is written
// in base 256 as GNU tar does. Any tar lists and unpacks what is written here.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

inline constexpr std::size_t kTarBlock = 512;

struct TarEntry {
  std::string name;         // relative, "repository/metadata/timestamp.json"
  std::int64_t length = 0;  // the bytes that follow, filled up to whole blocks
};

// Fails: too_large when the name cannot be split into 155 and 100 bytes.
Result<std::string> write_tar_header(const TarEntry& entry, Instant changed);

// Nothing for the block of zeros that ends an archive.
// Requires: 512 bytes.
// Fails: malformed when its checksum does not hold; unsupported unless it is a plain file.
Result<std::optional<TarEntry>> read_tar_header(std::string_view block);

// How many zeros follow that many bytes.
std::size_t tar_padding(std::int64_t length);

}  // namespace conglang::server
