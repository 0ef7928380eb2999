// The command line of conglang-server.
#pragma once

#include <iosfwd>

#include "playlists/base/time.h"

namespace conglang::server {

struct CommandStreams {
  std::ostream& out;
  std::ostream& err;
};

// Returns the exit code: 0 done, 1 failed with one line per error, 2 wrong usage.
int run_commands(int argc, const char* const* argv, Instant now, CommandStreams streams);

}  // namespace conglang::server
