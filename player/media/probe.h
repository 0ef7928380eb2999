// Tells a video from a still picture by what is in the file, whatever its name.
#pragma once

#include <string>

#include "playlists/base/result.h"

namespace conglang::player {

enum class MediaKind { video, still };

// Reads the head of the file only (of a GIF or PNG as much as it takes to see a second
// picture). A GIF or PNG with one picture is a still.
// Fails: missing, storage; malformed when empty; unsupported when it is neither.
Result<MediaKind> probe_kind(const std::string& path);

}  // namespace conglang::player
