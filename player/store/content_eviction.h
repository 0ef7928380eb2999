// Decides which files must go so that new ones have room.
//
// Pure. A file that a programme of now, before or next names is never chosen, however
// little room there is: then the answer says how much is lacking, and the show goes on.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace conglang::player {

struct StoredFile {
  std::string path;
  std::int64_t length = 0;
  // Counts up each time something names the file: the least was named longest ago.
  std::int64_t last_named = 0;
};

struct Room {
  std::int64_t quota = 0;      // all content together
  std::int64_t keep_free = 0;  // on the disk, for the play log and others
  std::int64_t free = 0;       // on the disk now
  std::int64_t wanted = 0;     // what is about to be written
};

struct Eviction {
  std::vector<std::string> paths;
  std::int64_t lacking = 0;  // bytes that are not to be had even so

  bool operator==(const Eviction&) const = default;
};

// Named longest ago goes first, of equals the largest. Nothing goes when even all of it
// would not be enough.
Eviction decide_eviction(const std::vector<StoredFile>& files,
                         const std::set<std::string>& pins, const Room& room);

}  // namespace conglang::player
