// What was shown once: the proof that an item played.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "playlists/base/ids.h"
#include "playlists/base/time.h"

namespace conglang::player {

enum class PlayOutcome {
  completed,    // to its end
  skipped,      // its turn passed without a picture of it
  failed,       // began and broke off by itself
  interrupted,  // ended early by us: a new programme, a stop
};

// "completed", ...
std::string_view to_string(PlayOutcome outcome);
std::optional<PlayOutcome> parse_play_outcome(std::string_view name);

struct PlayRecord {
  std::string id;  // UUIDv7; given by the play log when empty
  ItemId item;
  std::string asset;  // the asset's id; of a local file its name
  std::string region;
  std::string programme_version;     // empty for local files
  Instant started_wall;              // as the wall clock said, see clock_trust
  MonotonicTime started;             // orders the plays of one run
  std::string clock_trust = "none";  // "none", "persisted" or "network"
  Milliseconds shown{0};
  std::int64_t frames_shown = 0;
  std::int64_t frames_late = 0;
  PlayOutcome outcome = PlayOutcome::completed;
  std::string reason;  // why it did not complete, else empty

  bool operator==(const PlayRecord&) const = default;
};

}  // namespace conglang::player
