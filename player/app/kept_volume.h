// How loud the office wants this kiosk, over restarts.
#pragma once

#include "player/store/state_folder.h"

namespace conglang::player {

inline constexpr int kFullVolume = 100;  // percent

// Full when nothing was ever said.
// Fails: malformed when the file is damaged, storage.
Result<int> load_volume(StateFolder& folder);

// Requires: 0 to 100. Fails: storage.
Status save_volume(StateFolder& folder, int percent);

}  // namespace conglang::player
