// Makes one picture out of a draw list: a card becomes a still.
#pragma once

#include "player/canvas/draw_list.h"
#include "playlists/base/result.h"

namespace conglang::player {

// An opaque picture (bgrx) of the list's size.
// Threads: any. Fails: as Canvas::draw.
Result<FramePtr> flatten(const DrawList& list);

}  // namespace conglang::player
