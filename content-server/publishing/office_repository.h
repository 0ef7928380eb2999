// The office's signed repository on disk, and each way to write its next version so that at
// every moment the old version or the new one holds, whole.
//
// Threads: any, and any process: writers wait for each other on a lock file, for as long as
// small files take; assets are placed before the lock.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "content-server/publishing/online_keys.h"
#include "content-server/publishing/published_state.h"
#include "content-server/publishing/submission.h"
#include "playlists/base/sha256.h"

namespace conglang::server {

class OfficeRepository {
 public:
  // `data` is the server's data folder.
  explicit OfficeRepository(std::filesystem::path data) : data_(std::move(data)) {}

  // Fails: as read_published().
  Result<PublishedState> published(Instant now) const { return read_published(folder(), now); }

  // Whether there is anything that a kiosk could read; not whether it holds.
  bool has_published() const;

  // Takes the release's files from the staged assets, then publishes it, with the list of
  // takedowns as it was.
  // Fails: conflict, code "stale-approval" when another version came in between; missing when
  // an asset is gone; untrusted when a kiosk would refuse it; storage.
  Status write_release(const Release& release, Instant now) const;

  // Publishes the list of what is hidden (the bytes of takedown/list.json). No asset is read.
  // False: it is what is published already.
  // Fails: conflict, code "nothing-published", before the first release; untrusted; storage.
  Result<bool> write_takedown(const std::string& list, Instant now) const;

  // A signed file of the role "urgent" and the documents it names, by their target path.
  // Fails: as above; malformed when a document is not the one that was signed for.
  Status write_urgent(const std::string& metadata,
                      const std::map<std::string, std::string>& documents, Instant now) const;

  // Signs again what runs out; see next_renewal(). True when something was written.
  Result<bool> renew(Instant now) const;

  // Signs everything online again, whenever it would be due: after an older copy of the
  // server was put back, so that no kiosk has seen anything newer.
  // Fails: as renew().
  Status sign_again(Instant now) const;

  // The first root, before anything is published. The same again, or another while nothing
  // is published, succeeds.
  // Fails: untrusted when it does not hold; conflict after the first release.
  Result<Sha256Digest> begin(const std::string& root) const;

  // The next root; the online files are signed anew by the keys that it names, and online
  // keys that it names no more are deleted. The published one once more succeeds.
  // Where it names another key for snapshot or timestamp, versions that a thief pushed ahead
  // count no more.
  // Fails: as check_next_root(); missing, code "no-online-key", when it names an online key
  // that is not ours; conflict, code "needs-approval", when what is published would no longer
  // be trusted under it.
  Status accept_root(const std::string& bytes, Instant now) const;

  // The key that waits for a root ceremony (snapshot, timestamp) or an approval (takedown) to
  // take the place of the one in use; made when there is none.
  Result<SigningKey> make_waiting_key(const std::string& role, Instant now) const;

  // Whose signatures count for an online role now.
  // Fails: conflict, code "nothing-published", for takedown before the first release.
  static Result<std::set<std::string>> online_key_ids(const PublishedState& state,
                                                      const std::string& role);

  // Removes what no current metadata names and what is older than the grace of 7 days.
  // Returns: how many files.
  Result<int> sweep(Instant now) const;

  std::filesystem::path folder() const { return data_ / "repository"; }
  std::filesystem::path keys_folder() const { return data_ / "keys"; }
  std::filesystem::path staged_folder() const { return data_ / "assets"; }

 private:
  // New files of signed roles, by role.
  struct SignedFile {
    std::int64_t version = 0;
    std::string bytes;
  };
  using Change = std::map<std::string, SignedFile>;

  Status place_assets(const TargetsMetadata& targets) const;
  Result<SignedFile> sign_takedown(const PublishedState& state,
                                   const std::set<std::string>& key_ids,
                                   const std::optional<std::string>& list, Instant now) const;
  // Writes the changed files, a new snapshot, and the timestamp last.
  Status publish(const PublishedState& state, const Change& change, Instant now) const;
  Result<std::string> write_snapshot(const PublishedState& state, const Change& change,
                                     Instant now) const;
  Status check_as_kiosk(const PublishedState& state, const std::string& timestamp,
                        Instant now) const;
  Status write_target(const std::string& path, const std::string& bytes) const;

  Status check_online_keys(const RootMetadata& next, const PublishedState& state) const;
  // The timestamp of what is published, under the root that `state` has.
  Result<std::string> sign_under_new_root(PublishedState& state, bool is_rotated,
                                          Instant now) const;
  Status finish_root_change() const;

  std::filesystem::path data_;
};

// max(previous + 1, unix seconds): never below what an older copy of the server published.
std::int64_t next_version(std::int64_t previous, Instant now);

// What may be removed: pure. `named` are paths below the repository that must stay.
bool is_superseded(const std::string& path, const std::set<std::string>& named, Instant changed,
                   Instant now);

}  // namespace conglang::server
