// Hashes each signed file once in this run, before its first use.
#pragma once

#include <set>

#include "player/handoff/mutex.h"
#include "player/programme/show_item.h"
#include "playlists/base/result.h"

namespace conglang::player {

// A disk that went bad since the last start is found out before a damaged file is shown.
// A file without a digest (local files of `play`) is not checked.
//
// Threads: any; two workers may hash the same file at the same time, which costs time only.
class CheckedFiles {
 public:
  // Fails: as verify_file().
  Status check(const HeldFile& file);

 private:
  Mutex mutex_;
  std::set<Sha256Digest> good_ CONGLANG_GUARDED_BY(mutex_);
};

}  // namespace conglang::player
