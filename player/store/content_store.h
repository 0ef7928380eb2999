// The files of programmes on this disk: what is here, what must stay, what may go.
//
// A file under its own name was proven when it got that name. What damages it later is
// found by scrub() or by whoever opens it, and drop() makes it missing again, so that it is
// fetched although no metadata changed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "player/store/content_download.h"
#include "player/store/content_eviction.h"
#include "player/store/content_folder.h"
#include "playlists/base/result.h"
#include "playlists/base/sha256.h"
#include "playlists/trust/metadata.h"

namespace conglang::player {

struct ContentRules {
  std::int64_t quota = std::int64_t{64} << 30;
  std::int64_t keep_free = std::int64_t{512} << 20;
};

// Threads: one at a time.
class ContentStore {
 public:
  // Lists what is there.
  // Fails: storage, too_large (more files than any office has).
  static Result<ContentStore> open(ContentFolder& folder, ContentRules rules);

  // By name and length; the bytes were proven when the file came.
  bool holds(const TargetFile& file) const;

  // What of `files` is not here, the smallest need first.
  std::vector<TargetFile> missing(std::span<const TargetFile> files) const;

  // What must never go: the files of the programme on the screen, of the one before it and
  // of the next. Replaces what was said before.
  void pin(std::span<const TargetFile> files);

  // Makes room for `file`, as far as it is not already half here.
  // Fails: storage with the code "no-space" when it cannot be had; nothing was removed then.
  Status make_room(const TargetFile& file);

  // The attempt to bring `file`, going on from an earlier one.
  ContentDownload begin(const TargetFile& file);

  // Says that the download broke off; what it has stays for the next attempt.
  void paused(const ContentDownload& download);

  // Says that the download has finished.
  void arrived(const ContentDownload& download);

  // Takes a damaged file away. Nothing happens when it is not here.
  Status drop(const Sha256Digest& sha256);

  // Takes away what earlier attempts left of files that are in none of `files`.
  Status drop_leftovers(std::span<const TargetFile> files);

  struct Scrubbed {
    std::int64_t bytes = 0;               // how many were read
    std::optional<Sha256Digest> damaged;  // dropped
    bool came_round = false;              // every file has been looked at once more
  };
  // Reads the next bytes of the files in turn and compares.
  // Fails: storage when a damaged file cannot be taken away.
  Result<Scrubbed> scrub(std::int64_t most_bytes);

  std::int64_t held_bytes() const;
  std::size_t held_files() const { return files_.size(); }

 private:
  ContentStore(ContentFolder& folder, ContentRules rules) : folder_(&folder), rules_(rules) {}

  struct Scrub {
    std::string path;  // empty: the first
    std::int64_t offset = 0;
    Sha256 digest;
  };

  Status list_files();
  Status list_parts();
  Status remove_all(const std::vector<std::string>& paths);
  Result<Scrubbed> end_of_scrubbed_file(Scrubbed so_far, bool sound);

  ContentFolder* folder_;
  ContentRules rules_;
  std::map<std::string, StoredFile> files_;    // by path
  std::map<std::string, std::int64_t> parts_;  // lengths, by path
  std::set<std::string> pins_;                 // paths
  std::int64_t naming_ = 0;
  Scrub scrub_;
};

}  // namespace conglang::player
