// `conglang-playlists verify`: does a repository hold, by the rules of a kiosk?
#pragma once

#include <filesystem>
#include <iosfwd>

#include "playlists/base/time.h"

namespace conglang {

struct VerifyOptions {
  std::filesystem::path repository;  // the folder with metadata/ and targets/
  std::filesystem::path root;        // the pinned root.json
  std::filesystem::path state;       // the folder in which trust is kept between runs
  Instant now{};
};

// Prints the verified targets and returns 0, or one line per fault ("rollback:
// timestamp: version 3 is older than 5") to `err` and returns 1. What is kept
// advances by the steps that held.
int run_verify(const VerifyOptions& options, std::ostream& out, std::ostream& err);

}  // namespace conglang
