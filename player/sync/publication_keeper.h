// What synchronising asks of the room that trusts and remembers publications.
//
// In two steps, because between them lie the downloads: first what would be new and what it
// needs, then, when all of it is on this disk, that it is now the one to show.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "player/store/load_publication.h"
#include "player/store/time_floor.h"
#include "playlists/trust/fault.h"
#include "playlists/trust/metadata.h"
#include "playlists/trust/metadata_source.h"

namespace conglang::player {

struct KeeperLook {
  std::vector<Fault> faults;         // of the repository, by name
  std::vector<Error> memory_faults;  // what could not be read from or kept on this disk

  // There is a publication newer than the one that is shown, found now or in an earlier look.
  // It waits for adopt().
  bool has_news = false;

  // The files of that publication, or of the one that is shown when there is no newer.
  std::vector<TargetFile> needed;

  // Something must be hidden or may be seen again now, before any download: what to show.
  std::optional<LoadOutcome> at_once;
};

// Threads: the sync thread.
class PublicationKeeper {
 public:
  virtual ~PublicationKeeper() = default;

  // Everything that the repository proves now. What an earlier look found stays found until
  // a newer one takes its place: a link that drops for a moment takes nothing back.
  virtual KeeperLook look(MetadataSource& repository, const ClockReading& clock) = 0;

  // The files of what is shown and of what was shown before it: they must stay.
  virtual std::vector<TargetFile> kept_files() const = 0;

  // Makes what look() found the one to show, on the disk first. Without news it gives what is
  // shown, for when files of that have come back.
  // Requires: the files are all here.
  virtual LoadOutcome adopt(const ClockReading& clock) = 0;
};

}  // namespace conglang::player
