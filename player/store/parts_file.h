// Several named byte strings in one file, so that they change together or not at all.
//
//   conglang parts 1\n
//   <name> <length>\n <bytes> \n      for each part
//   sha256 <64 hex digits of everything before this line>\n
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "playlists/base/result.h"

namespace conglang::player {

using Parts = std::map<std::string, std::string>;

// Requires: names are lower-case letters and '-' only.
std::string write_parts(const Parts& parts);

// Fails: malformed when a single byte differs from what was written.
Result<Parts> read_parts(std::string_view bytes);

}  // namespace conglang::player
