// From a repository nobody trusts to the publication that may be shown, for a folder that
// holds all that it names. A kiosk of an office goes on with kiosk_memory.h.
//
// A repository that is missing, broken, rolled back or hostile costs a named fault; what
// was verified before is shown on. Only a first start can come out of it with nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "player/store/kept_publication.h"
#include "player/store/repository_files.h"
#include "player/store/state_folder.h"
#include "player/store/time_floor.h"
#include "playlists/base/ids.h"
#include "playlists/publication/hidden_targets.h"
#include "playlists/publication/urgent_message.h"
#include "playlists/trust/fault.h"
#include "playlists/trust/metadata_source.h"

namespace conglang::player {

struct LoadRequest {
  std::string pinned_root;       // the bytes of root.json, as `--root` names it
  std::optional<GroupId> group;  // needed only when several publications are signed for
  ClockReading clock;
};

struct LoadOutcome {
  // Both without what is hidden.
  std::optional<LoadedPublication> current;
  std::optional<LoadedPublication> previous;  // shown before it; verified with today's keys

  std::vector<Fault> faults;  // what the repository did wrong, by name; empty when all is well

  // What could not be read from or kept in the data folder. The show goes on, but a part of
  // the memory is lost: after a restart an older repository may be believed.
  std::vector<Error> memory_faults;

  HiddenTargets hidden;               // what the office has taken down
  std::vector<UrgentMessage> urgent;  // of the group; is_active() says which show now

  Instant now;    // the believed time, see time_floor.h
  Instant floor;  // for later readings of the clock in this run
};

// `data` is nullptr when nothing is kept.
LoadOutcome load_publication(MetadataSource& repository, StateFolder* data,
                             const LoadRequest& request);

// The files of the current and the previous publication that are in the repository.
AssetPaths find_assets(const RepositoryFiles& repository, const LoadOutcome& outcome);

}  // namespace conglang::player
