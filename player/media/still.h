// Reads a picture at the size at which it is shown.
#pragma once

#include <string>

#include "player/canvas/frame.h"
#include "playlists/base/result.h"

namespace conglang::player {

enum class StillFit {
  contain,  // all of the picture, inside the target
  cover,    // all of the target, the picture's middle
};

struct StillOptions {
  Size target;
  StillFit fit = StillFit::contain;
};

struct Still {
  FramePtr frame;  // upright; bgrx, or bgra (premultiplied) when something shines through
  Size original;   // upright, as stored in the file
};

// JPEG, PNG, WebP and the first picture of a GIF. A large JPEG is decoded at a half,
// a quarter or an eighth of its size when that is enough for the target.
//
// Threads: any; the caller lets one large picture be decoded at a time.
// Requires: a target of 1 to 8192 a side.
// Fails: missing, malformed, unsupported, storage; too_large over 40 MB, over 100
// megapixels (50 for all but JPEG, which are decoded whole).
Result<Still> read_still(const std::string& path, const StillOptions& options);

}  // namespace conglang::player
