// `conglang-player run`: the kiosk plays what was signed for it, and nothing else.
#pragma once

#include "player/app/player_options.h"

namespace conglang::player {

// Returns the exit code: 0, or 1 when it could not even begin. A repository that cannot be
// trusted is no such case: what was verified before is shown, else the built-in card.
int run_run(const RunOptions& options);

}  // namespace conglang::player
