// Remembers which publication this kiosk shows and which one it waits for.
#pragma once

#include <optional>
#include <string>

#include "player/store/content_store.h"
#include "player/store/state_folder.h"
#include "player/sync/publication_keeper.h"
#include "playlists/trust/metadata.h"

namespace conglang::player {

// Threads: one at a time.
class ProgrammeKeeper final : public PublicationKeeper {
 public:
  struct Parts {
    StateFolder& data;
    const ContentStore& store;
    std::string pinned_root;
    GroupId group;
  };

  // Requires: what the parts refer to outlives it.
  explicit ProgrammeKeeper(Parts parts) : parts_(std::move(parts)) {}

  // What this disk has to show, without any network.
  LoadOutcome start(const ClockReading& clock);

  KeeperLook look(MetadataSource& repository, const ClockReading& clock) override;
  std::vector<TargetFile> kept_files() const override;
  LoadOutcome adopt(const ClockReading& clock) override;

  // Of the targets metadata; 0: none.
  std::int64_t known_version() const;  // the newest that was verified
  std::int64_t held_version() const;   // the newest whose files are all here

  // The newest root that is trusted.
  Result<RootMetadata> root() const;

 private:
  LoadOutcome load(MetadataSource& repository, const ClockReading& clock);

  Parts parts_;
  std::optional<LoadOutcome> shown_;
  std::optional<LoadOutcome> found_;  // waits for adopt()
};

}  // namespace conglang::player
