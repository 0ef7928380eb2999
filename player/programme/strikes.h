// Remembers which contents failed to play and for how long they are left alone.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "player/programme/show_item.h"
#include "playlists/base/time.h"

namespace conglang::player {

// What strikes are counted by: the digest of the item's file, else its path; for a card
// without any file the item's id. The same bytes under another name stay quarantined.
std::string content_key(const ShowItem& item);

// A content is left alone for ten minutes after three failures in a row, and again after
// each further one. Bounded: beyond 1000 contents the one that failed longest ago is
// forgotten.
class Strikes {
 public:
  // The number of failures in a row, this one included.
  int record_failure(const std::string& key, MonotonicTime now);

  // It played to its end: all is forgiven.
  void record_success(const std::string& key);

  // `now` when it may play at once.
  MonotonicTime next_allowed(const std::string& key, MonotonicTime now) const;
  bool is_quarantined(const std::string& key, MonotonicTime now) const;

  std::size_t size() const { return records_.size(); }

 private:
  struct Record {
    int failures = 0;
    MonotonicTime last;
  };

  std::map<std::string, Record> records_;
};

}  // namespace conglang::player
