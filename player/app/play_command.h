// `conglang-player play`: local files, like any player.
#pragma once

#include "player/app/player_options.h"
#include "player/programme/show_item.h"

namespace conglang::player {

// The files named, and those of the folders named in the order of their names, as a
// programme. Fails: missing when a name leads nowhere or nothing is left.
Result<Programme> local_programme(const PlayOptions& options);

// Returns the exit code: 0, or 1 when nothing could be shown.
int run_play(const PlayOptions& options);

}  // namespace conglang::player
