// What the synchronisation asks of the kiosk's memory: the one joined to the other.
#pragma once

#include <string>
#include <vector>

#include "player/store/content_store.h"
#include "player/store/kiosk_memory.h"
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
  explicit ProgrammeKeeper(Parts parts)
      : store_(parts.store),
        memory_(&parts.data, std::move(parts.pinned_root), std::move(parts.group)) {}

  // What this disk has to show, without any network.
  LoadOutcome start(const ClockReading& clock) { return memory_.start(clock); }

  KeeperLook look(MetadataSource& repository, const ClockReading& clock) override;
  std::vector<TargetFile> kept_files() const override { return memory_.kept_files(); }
  LoadOutcome adopt(const ClockReading& clock) override { return memory_.adopt(clock); }

  // Something of the current publication was on the screen. Fails: storage.
  Status confirm_shown() { return memory_.confirm_shown(); }

  // Of the targets metadata; 0: none.
  std::int64_t known_version() const { return memory_.known_version(); }
  std::int64_t shown_version() const { return memory_.shown_version(); }
  std::int64_t held_version() const;  // the newest whose files are all here
  std::int64_t takedown_version() const { return memory_.takedown_version(); }

  // The newest root that is trusted.
  Result<RootMetadata> root() const { return memory_.root(); }

 private:
  const ContentStore& store_;
  KioskMemory memory_;
};

}  // namespace conglang::player
