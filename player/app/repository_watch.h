// Notices that a repository folder has another version, beside the running show.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "playlists/base/time.h"

namespace conglang::player {

struct RepositoryWatch {
  std::string folder;  // with metadata/ and targets/
  Milliseconds period{5000};
  std::function<void()> changed;
};

// Compares metadata/timestamp.json, the only file of a repository that changes under its
// name, with what it was at the beginning, and again after each change. A folder that is
// away (a stick that was pulled out) changes nothing.
//
// Returns after `stop` was asked for.
void watch_repository(const RepositoryWatch& watch, std::stop_token stop);

}  // namespace conglang::player
