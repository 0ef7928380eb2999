// `conglang-player run --data DIR` of an enrolled kiosk.
#pragma once

#include "player/app/player_options.h"

namespace conglang::player {

// The office asked for a restart; the service starts the player again.
inline constexpr int kRestartExitCode = 75;

// The exit code: 0, 1 when it could not even begin, kRestartExitCode.
//
// Begins with what is on the disk, without any network; the sync thread brings the rest.
int run_enrolled(const RunOptions& options);

}  // namespace conglang::player
