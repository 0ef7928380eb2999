#include "player/app/programme_keeper.h"

#include <utility>

namespace conglang::player {

KeeperLook ProgrammeKeeper::look(MetadataSource& repository, const ClockReading& clock) {
  MemoryLook look = memory_.look(repository, clock);
  return {std::move(look.faults), std::move(look.memory_faults), look.has_news,
          std::move(look.needed), std::move(look.at_once)};
}

// What is shown was adopted whole; a file that was lost since is told as a fault of its own.
std::int64_t ProgrammeKeeper::held_version() const {
  return store_.missing(memory_.kept_files()).empty() ? memory_.shown_version() : 0;
}

}  // namespace conglang::player
