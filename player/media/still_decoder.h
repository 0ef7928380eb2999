// Decodes one picture file into one picture, small if that is enough.
#pragma once

#include <string>

#include "player/canvas/geometry.h"
#include "player/media/av_handles.h"

namespace conglang::player {

// How stored pixels become upright: mirrored left to right first, then turned.
struct Uprighting {
  bool mirror = false;
  Turn turn = Turn::none;
};

// Pure. The Exif orientation, 1 to 8; anything else is upright.
Uprighting uprighting_of(int exif_orientation);

struct DecodedStill {
  AvFrame picture;  // as stored, at full size or a half, a quarter, an eighth of it
  Size stored;      // at full size
  Uprighting uprighting;
};

// How many halvings keep `stored` at least as large as `needed`. Pure; 0 to 3.
int halvings_for(Size stored, Size needed);

// `needed`: the upright picture must stay at least as large as it has to be for this
// target, filled by its longer (`cover`) or its shorter side.
// Fails: as read_still().
Result<DecodedStill> decode_still(const std::string& path, Size target, bool cover);

// The size at which an upright picture is shown in `target`: inside of it, or over all.
// Pure; never below 1 a side.
Size shown_size(Size upright, Size target, bool cover);

}  // namespace conglang::player
