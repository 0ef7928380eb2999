// From a repository nobody trusts to the publication that may be shown: the start of `run`.
//
// A repository that is missing, broken, rolled back or hostile costs a named fault; what
// was verified before is shown on. Only a first start can come out of it with nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "player/store/repository_files.h"
#include "player/store/state_folder.h"
#include "player/store/time_floor.h"
#include "playlists/base/ids.h"
#include "playlists/publication/verified_publication.h"
#include "playlists/trust/fault.h"
#include "playlists/trust/metadata_source.h"

namespace conglang::player {

struct LoadRequest {
  std::string pinned_root;       // the bytes of root.json, as `--root` names it
  std::optional<GroupId> group;  // needed only when several publications are signed for
  ClockReading clock;
};

struct LoadedPublication {
  VerifiedPublication publication;
  std::int64_t version = 0;  // of the targets metadata that signs for it
};

struct LoadOutcome {
  std::optional<LoadedPublication> current;
  std::optional<LoadedPublication> previous;  // shown before it; verified with today's keys

  std::vector<Fault> faults;  // what the repository did wrong, by name; empty when all is well

  // What could not be read from or kept in the data folder. The show goes on, but a part of
  // the memory is lost: after a restart an older repository may be believed.
  std::vector<Error> memory_faults;

  Instant now;    // the believed time, see time_floor.h
  Instant floor;  // for later readings of the clock in this run
};

// `data` is nullptr when nothing is kept.
LoadOutcome load_publication(MetadataSource& repository, StateFolder* data,
                             const LoadRequest& request);

// The files of the current and the previous publication that are in the repository.
AssetPaths find_assets(const RepositoryFiles& repository, const LoadOutcome& outcome);

}  // namespace conglang::player
