// `conglang-player reset-clock-floor`: after somebody approved with a clock years ahead.
#pragma once

#include <ostream>
#include <string>

namespace conglang::player {

struct ResetFloorOptions {
  std::string root;  // root.json, the one this kiosk was given
  std::string data_dir;
};

// Whoever has the root may; a root that was not pinned here is refused.
// Exit codes: 0 done, 1 failed; also while a player uses the data folder, which would write
// the floor again.
int run_reset_floor(const ResetFloorOptions& options, std::ostream& out, std::ostream& errors);

}  // namespace conglang::player
