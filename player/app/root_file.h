// Reads root.json, the anchor of trust, from where a person says it is.
#pragma once

#include <string>

#include "playlists/base/result.h"

namespace conglang::player {

// Its bytes; what is in them is judged by whoever trusts it.
// Fails: missing, too_large.
Result<std::string> read_root_file(const std::string& path);

}  // namespace conglang::player
