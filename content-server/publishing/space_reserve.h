// Room on the server's disk that is laid aside for hiding: a full disk must not keep anybody
// from taking a wrong thing down.
//
// Threads: any. Two that give it up together find it once.
#pragma once

#include <filesystem>

#include "playlists/base/result.h"

namespace conglang::server {

class SpaceReserve {
 public:
  // `data` is the server's data folder.
  explicit SpaceReserve(const std::filesystem::path& data) : file_(data / "reserve") {}

  // Does nothing when it is there, or when it would leave less than as much for the rest.
  // Fails: storage.
  Status lay_aside() const;

  // True when there was one: the room is free now.
  bool give_up() const;

 private:
  std::filesystem::path file_;
};

}  // namespace conglang::server
