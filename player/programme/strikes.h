// Remembers which contents failed to play and for how long they are left alone.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "player/programme/show_item.h"
#include "playlists/base/time.h"

namespace conglang::player {

// What strikes are counted by: the digest of the item's file, else its path; for a card
// without any file the item's id. The same bytes under another name stay quarantined.
std::string content_key(const ShowItem& item);

// How often a content failed in a row, and when last.
struct Strike {
  std::string content;  // its key
  int failures = 0;
  MonotonicTime last;

  bool operator==(const Strike&) const = default;
};

// A content is left alone for ten minutes after three failures in a row, and again after
// each further one. Bounded: beyond 1000 contents the one that failed longest ago is
// forgotten.
class Strikes {
 public:
  Strikes() = default;
  // Those of an earlier run.
  explicit Strikes(const std::vector<Strike>& kept);

  // The number of failures in a row, this one included.
  int record_failure(const std::string& key, MonotonicTime now);

  // It played to its end: all is forgiven. True when there was something to forgive.
  bool record_success(const std::string& key);

  // `now` when it may play at once.
  MonotonicTime next_allowed(const std::string& key, MonotonicTime now) const;
  bool is_quarantined(const std::string& key, MonotonicTime now) const;

  std::size_t size() const { return records_.size(); }
  // For whoever keeps them over a restart.
  std::vector<Strike> list() const;

 private:
  struct Record {
    int failures = 0;
    MonotonicTime last;
  };

  std::map<std::string, Record> records_;
};

}  // namespace conglang::player
