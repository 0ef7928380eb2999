// Reads the play log beside a running player.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "player/report/play_record.h"
#include "playlists/base/result.h"

namespace conglang::player {

struct PlayHistory {
  std::vector<PlayRecord> plays;  // the newest ones, oldest first
  std::int64_t stored = 0;        // records in the file
  std::int64_t unreadable =
      0;                     // of the newest ones, left out of `plays`: the disk damaged them
  std::int64_t dropped = 0;  // records that the file's limit has cost so far
};

// Fails: missing when there is no such file; malformed when it is no play log;
// unsupported when a newer version wrote it; storage. Never changes the file.
Result<PlayHistory> read_plays(const std::string& path, std::size_t limit);

}  // namespace conglang::player
