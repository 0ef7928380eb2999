// `conglang-player status`: what this kiosk has done, for people and scripts.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

namespace conglang::player {

struct StatusOptions {
  std::string data_folder;
  bool plays = false;      // the play log; without it, its totals only
  bool json = false;       // for programs; otherwise a table for people
  std::size_t limit = 50;  // of the newest plays
};

// The exit code: 0, or 1 and one line on `err`. Works beside a running player.
int run_status(const StatusOptions& options, std::ostream& out, std::ostream& err);

}  // namespace conglang::player
