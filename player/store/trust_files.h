// What a kiosk remembers about trust from one run to the next.
//
// Two files, each replaced whole: the trusted metadata with the time floor and everything
// that was ever hidden, and the last publications, so that a broken or rolled-back repository
// still leaves something to play.
#pragma once

#include <optional>
#include <string>

#include "player/store/state_folder.h"
#include "player/store/urgent_memory.h"
#include "playlists/base/sha256.h"
#include "playlists/base/time.h"
#include "playlists/publication/takedown_list.h"
#include "playlists/trust/refresh.h"

namespace conglang::player {

struct KeptTrust {
  TrustedState state;
  Instant floor{};              // see time_floor.h
  TakedownActs takedowns = {};  // all that were seen, see takedown_memory.h
  UrgentDocuments urgent = {};  // that are signed for

  bool operator==(const KeptTrust&) const = default;
};

// A publication that was verified once, with the targets metadata that proves it again:
// with the newest root, so that a signer who was removed since proves nothing.
struct KeptPublication {
  std::string targets;   // metadata, byte for byte
  std::string path;      // the target, "publications/<group>.json"
  std::string document;  // its bytes

  bool operator==(const KeptPublication&) const = default;
};

struct KeptPublications {
  std::optional<KeptPublication> current;
  std::optional<KeptPublication> previous;   // what was shown before the current one
  std::optional<KeptPublication> next = {};  // verified, but its assets are not all here yet
  bool current_was_shown = false;            // something of it was on the screen

  bool operator==(const KeptPublications&) const = default;
};

// Everything is kept for one pinned root; what belongs to another is not given.
//
// Fails: load: missing (also at the first start), conflict (another root was pinned then),
// malformed (damaged on disk), too_large, storage. Nothing loaded is trusted by itself: it
// goes through recall() or refresh() like anything else.
class TrustFiles {
 public:
  // Requires: the folder outlives it.
  TrustFiles(StateFolder& folder, const Sha256Digest& pinned_root)
      : folder_(folder), pin_(pinned_root.hex()) {}

  Result<KeptTrust> load_trust();
  Status save_trust(const KeptTrust& trust);

  Result<KeptPublications> load_publications();
  Status save_publications(const KeptPublications& publications);

 private:
  StateFolder& folder_;
  std::string pin_;
};

// Forgets the time floor: for a technician at the kiosk, after somebody approved with a clock
// that was years ahead. What was approved so far does not raise it again.
// Requires: nothing else uses the folder.
// Fails: missing when nothing is kept; conflict when it was kept for another root.
Status reset_floor(StateFolder& folder, const std::string& pinned_root);

}  // namespace conglang::player
