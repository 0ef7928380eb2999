// Keeps drawn lines for the next time they are asked for, up to a number of bytes.
//
// When it is full, the lines that were not asked for longest go first.
#pragma once

#include <list>
#include <map>
#include <string>

#include "player/text/text_engine.h"

namespace conglang::player {

struct LineKey {
  std::string text;
  FontFace face = FontFace::regular;
  int size = 0;
  std::uint32_t color = 0;  // red, green, blue, alpha
  auto operator<=>(const LineKey&) const = default;
};

struct KeptLine {
  TextLine line;
  std::vector<std::string> missing;
};

class LineCache {
 public:
  explicit LineCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  // Valid until the next put(), or nullptr.
  const KeptLine* find(const LineKey& key);
  void put(const LineKey& key, KeptLine line);

  std::size_t lines() const { return kept_.size(); }
  std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    LineKey key;
    KeptLine line;
    std::size_t bytes = 0;
  };
  using Entries = std::list<Entry>;

  const std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  Entries kept_;  // the newest use first
  std::map<LineKey, Entries::iterator> by_key_;
};

}  // namespace conglang::player
