// Keeps this disk in step with a repository: looks, fetches, and switches when all is here.
//
// A machine of steps: it has no thread and no clock. What hides is applied in the same step
// in which it is found, before any download; a programme is switched to only when its last
// file is on this disk; until then, and whatever goes wrong, what is shown stays.
#pragma once

#include <optional>
#include <vector>

#include "player/sync/http_repository.h"
#include "player/sync/programme_fetch.h"
#include "player/sync/publication_keeper.h"
#include "player/sync/sync_event.h"

namespace conglang::player {

struct RepositoryNews {
  std::optional<LoadOutcome> show;  // replaces what is shown
  bool at_once = false;             // something in it must leave the glass now
  std::vector<SyncEvent> events;
  MonotonicTime look_again{};  // the latest moment for the next step
};

struct RepositoryRules {
  Milliseconds look_period{60'000};
  // A file is read again about once a week on a full disk, without keeping the disk busy.
  Milliseconds scrub_period{10'000};
  std::int64_t scrub_bytes = 4 << 20;
};

// Threads: the sync thread.
class RepositorySync {
 public:
  struct Parts {
    HttpClient& client;
    ContentStore& store;
    PublicationKeeper& keeper;
    FetchRules fetch;
    Chance chance;
    RepositoryRules rules;
  };

  // Requires: what the parts refer to outlives it.
  explicit RepositorySync(Parts parts);

  RepositoryNews step(const ClockReading& clock, MonotonicTime now);

  // Somebody says that there is something new.
  void hurry() { look_.hurry(); }

  // While a stick brings files, none are fetched and nothing is switched to; looking goes on,
  // so that what is hidden leaves the glass. Afterwards everything is looked for anew.
  void leave_files_to_others();
  void take_files_back();

  // A file that was found damaged when it was opened: it is fetched again.
  void report_damaged(const Sha256Digest& sha256);

  FetchProgress progress() const { return fetch_.progress(); }
  bool waits_for_files() const { return has_news_; }

 private:
  void look(const ClockReading& clock, MonotonicTime now, RepositoryNews& news);
  void take(KeeperLook found, RepositoryNews& news);
  void pin();
  void adopt_what_is_whole(const ClockReading& clock, RepositoryNews& news);
  void fetch(MonotonicTime now, RepositoryNews& news);
  void scrub(MonotonicTime now, RepositoryNews& news);
  void tell_files(const std::vector<FetchFault>& faults, RepositoryNews& news);

  Parts parts_;
  HttpRepository repository_;
  ProgrammeFetch fetch_;
  Recurrence look_;
  Recurrence scrub_;
  EventLedger ledger_;
  std::vector<TargetFile> needed_;
  bool has_news_ = false;
  bool lacks_files_ = false;  // of needed_, when it was last seen
  bool others_bring_files_ = false;
  std::optional<MonotonicTime> fetch_again_;
};

}  // namespace conglang::player
