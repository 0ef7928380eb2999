// Notices that a repository folder has another version, beside the running show.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "playlists/base/time.h"

namespace conglang::player {

// The bytes of metadata/timestamp.json, the only file of a repository that changes under its
// name; empty when it cannot be read.
std::string timestamp_of(const std::string& folder);

struct RepositoryWatch {
  std::string folder;  // with metadata/ and targets/
  Milliseconds period{5000};
  std::string known;  // timestamp_of() before it was loaded
  std::function<void()> changed;
};

// Tells of every change. A folder that is away (a stick that was pulled out) is none.
//
// Returns after `stop` was asked for.
void watch_repository(const RepositoryWatch& watch, std::stop_token stop);

}  // namespace conglang::player
