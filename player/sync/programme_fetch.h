// Brings all files of the next programme to this disk, one after another.
//
// A file that does not come is tried again as long as it is wanted, whether metadata
// changed or not; meanwhile the others come. What is on the screen is touched by none of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "player/store/content_store.h"
#include "player/sync/backoff.h"
#include "player/sync/content_fetch.h"

namespace conglang::player {

struct FetchNews {
  std::vector<FetchFault> faults;
  bool file_arrived = false;
  // When the next step can do something; nothing while it only waits for the network, or
  // when there is nothing to do.
  std::optional<MonotonicTime> look_again;
};

struct FetchProgress {
  std::int64_t done = 0, whole = 0;  // bytes
  std::size_t files_missing = 0;

  bool operator==(const FetchProgress&) const = default;
};

// Threads: the client's.
class ProgrammeFetch {
 public:
  struct Parts {
    HttpClient& client;
    ContentStore& store;
    FetchRules rules;
    Chance chance;
  };

  // Requires: client and store outlive it.
  explicit ProgrammeFetch(Parts parts);

  // From now on these files and no others, those that are here already among them. Trouble
  // with a file that stays wanted is not forgotten.
  void want(std::vector<TargetFile> files);

  // Takes away what earlier attempts left of files that are wanted no longer. To be called
  // only when it is sure what is wanted: a part may be a night's work of a slow link.
  Status tidy() { return parts_.store.drop_leftovers(wanted_); }

  bool is_whole() const;
  FetchProgress progress() const;

  // Does a little and never waits.
  FetchNews step(MonotonicTime now);

 private:
  struct Trouble {
    int failures = 0;
    int wrong_hashes = 0;
    MonotonicTime not_before{};
  };

  std::optional<TargetFile> choose(MonotonicTime now);
  bool start(const TargetFile& file, MonotonicTime now, FetchNews& news);
  void end(MonotonicTime now, FetchNews& news);
  void keep_pace(std::int64_t bytes);
  void remember(const TargetFile& file, const FetchFault& fault, MonotonicTime now);
  std::optional<MonotonicTime> next_attempt(MonotonicTime now) const;

  Parts parts_;
  std::vector<TargetFile> wanted_;
  std::map<Sha256Digest, Trouble> troubles_;
  std::map<Sha256Digest, std::string> etags_;  // of what is half here
  Recurrence link_;
  // The link is left to others until then: a whole small file may come faster than the cap.
  MonotonicTime paced_until_{};
  MonotonicTime began_{};         // the attempt under way
  std::int64_t held_before_ = 0;  // by it
  std::unique_ptr<ContentFetch> fetch_;
};

}  // namespace conglang::player
