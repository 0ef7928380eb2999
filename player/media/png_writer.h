// Writes a picture as a PNG file.
#pragma once

#include <string>

#include "player/canvas/frame.h"
#include "playlists/base/result.h"

namespace conglang::player {

// The file appears whole or not at all: it is written beside `path` and renamed.
// Fails: unsupported unless the frame is bgrx or bgra; storage.
Status write_png(const std::string& path, const Frame& picture);

}  // namespace conglang::player
