// What one kiosk trusts, hides and shows: from its own disk at the start, from a repository
// afterwards, and over every power cut in between.
//
// A new publication is found by look(), which reads no more than small files, and becomes the
// one that is shown by adopt(), once its assets are all here. What is hidden is hidden at
// once, in all that is shown and without any download.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "player/store/load_publication.h"
#include "player/store/state_folder.h"
#include "player/store/trust_files.h"
#include "playlists/publication/urgent_message.h"
#include "playlists/trust/metadata.h"
#include "playlists/trust/metadata_source.h"

namespace conglang::player {

struct MemoryLook {
  std::vector<Fault> faults;         // of the repository and its delegated roles, by name
  std::vector<Error> memory_faults;  // what could not be read from or kept on this disk

  // There is a publication newer than the one that is shown, found now or in an earlier look
  // or run. It waits for adopt().
  bool has_news = false;

  // The assets of that publication, or of the one that is shown when there is no newer.
  std::vector<TargetFile> needed;

  // What to show instead, from what is here: something is hidden now, or may be seen again,
  // or an urgent message came or was taken back.
  std::optional<LoadOutcome> at_once;
};

// Threads: one at a time.
class KioskMemory {
 public:
  // Without a group: the only publication that is signed for.
  // Requires: `data` outlives it; nullptr when nothing is kept.
  KioskMemory(StateFolder* data, std::string pinned_root, std::optional<GroupId> group);

  // What to show first, from this disk alone. Its faults are what has expired.
  LoadOutcome start(const ClockReading& clock);

  // Everything that the repository proves now. Whatever is wrong with it, what is shown and
  // what was found before stays. What it says is on the disk before this returns, as far as
  // the disk takes it.
  MemoryLook look(MetadataSource& repository, const ClockReading& clock);

  // Makes what was found the one to show, on the disk first. What was shown before is the
  // previous one from then on, unless it was never on the screen; see confirm_shown().
  // Requires: the assets are here. Without news it gives what is shown.
  LoadOutcome adopt(const ClockReading& clock);

  // look() and adopt() in one, for a folder that holds all that it names.
  LoadOutcome load_at_once(MetadataSource& repository, const ClockReading& clock);

  // Says that something of the current publication was on the screen. Until then the next
  // adopt() leaves the previous one in its place: it is the last that is known to play.
  // Fails: as StateFolder.
  Status confirm_shown();

  // The assets of what is shown and of what was shown before it, hidden ones among them:
  // they must stay.
  std::vector<TargetFile> kept_files() const;

  // Of the targets metadata; 0: none.
  std::int64_t known_version() const;  // the newest publication that was verified
  std::int64_t shown_version() const;  // the current one

  std::int64_t takedown_version() const;  // of the newest list that was trusted; 0: none

  // The newest root that is trusted.
  // Fails: malformed when the pinned one is none.
  Result<RootMetadata> root() const;

 private:
  enum class ReadFirst { kept, repository };

  void recall_memory(std::vector<Error>& memory_faults);
  void take_news(MetadataSource& repository, const ClockReading& clock, ReadFirst first,
                 MemoryLook& look);
  void find_publication_in(const VerifiedTargets& targets, MetadataSource& repository,
                           const ClockReading& clock, ReadFirst first, MemoryLook& look);
  TargetOrFault read_document(const VerifiedTargets& targets, const std::string& path,
                              MetadataSource& repository, ReadFirst first,
                              std::vector<Fault>& faults) const;
  void take_publication(KeptPublication fresh, const VerifiedPublication& publication,
                        const ClockReading& clock);
  void hear_takedowns_in(const VerifiedTargets& targets, MetadataSource& repository,
                         std::vector<Fault>& faults);
  void hear_urgent_in(const VerifiedTargets& targets, MetadataSource& repository,
                      const ClockReading& clock, std::vector<Fault>& faults);
  void settle(Instant now);
  void promote();
  void save(std::vector<Error>& memory_faults);
  void raise(Instant approved_at, const ClockReading& clock);

  LoadOutcome show(const ClockReading& clock);
  std::optional<LoadedPublication> open(const std::optional<KeptPublication>& kept) const;
  std::optional<LoadedPublication> newest() const;
  HiddenTargets hidden() const;
  Instant now(const ClockReading& clock) const;

  const std::string pinned_root_;
  const std::optional<GroupId> group_;
  std::optional<TrustFiles> files_;

  bool is_recalled_ = false;
  bool is_floor_lost_ = false;  // nothing of it is kept: what is shown already counts again
  KeptTrust trust_;
  KeptPublications publications_;
  std::optional<KeptTrust> saved_trust_;  // as they are on the disk
  KeptPublications saved_publications_;

  Instant judged_at_{};                 // when what is kept was last proven
  std::vector<TakedownId> reinstated_;  // by the newest publication
  std::vector<UrgentMessage> messages_;
  struct ReadList {
    TargetFile file;
    TakedownActs acts;
  };
  std::optional<ReadList> list_;  // the last list that was read

  // What the last outcome said.
  HiddenTargets told_hidden_;
  std::vector<UrgentMessage> told_messages_;
};

}  // namespace conglang::player
