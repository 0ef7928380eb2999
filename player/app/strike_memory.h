// Which contents failed to play, over restarts.
#pragma once

#include <vector>

#include "player/programme/strikes.h"
#include "player/store/state_folder.h"
#include "playlists/base/clock.h"

namespace conglang::player {

// Contents with a digest only: of the others nobody can say that they are the same still.
//
// By the wall clock, which may have been wrong: a strike of the future counts as one of now.
//
// Threads: one at a time.
class StrikeMemory {
 public:
  // Requires: both outlive it.
  StrikeMemory(StateFolder& folder, const Clock& clock) : folder_(folder), clock_(clock) {}

  // None when nothing is kept. Fails: malformed (damaged; the next strike replaces it),
  // too_large, storage.
  Result<std::vector<Strike>> load();

  // Fails: storage.
  Status keep(const std::vector<Strike>& strikes);

 private:
  StateFolder& folder_;
  const Clock& clock_;
};

}  // namespace conglang::player
