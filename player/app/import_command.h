// `conglang-player import`: reads one stick now, for a technician at the kiosk.
#pragma once

#include <ostream>
#include <string>

#include "player/store/content_store.h"

namespace conglang::player {

struct ImportOptions {
  std::string stick;  // where it is mounted
  std::string data_dir;
  ContentRules content;
};

// By the same rules as a running player. Exit codes: 0 all went well, 1 something did not.
// Fails also while a player uses the data folder: that one reads sticks by itself.
int run_import(const ImportOptions& options, std::ostream& out, std::ostream& errors);

}  // namespace conglang::player
