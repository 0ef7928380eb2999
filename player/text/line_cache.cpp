#include "player/text/line_cache.h"

#include <utility>

namespace conglang::player {

const KeptLine* LineCache::find(const LineKey& key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found->second);
  return &found->second->line;
}

void LineCache::put(const LineKey& key, KeptLine line) {
  if (by_key_.count(key) > 0) return;
  constexpr std::size_t kEntry = 256;  // the entry itself, about
  const std::size_t bytes =
      kEntry + 2 * key.text.size() + (line.line.picture ? line.line.picture->bytes : 0);
  kept_.push_front({key, std::move(line), bytes});
  by_key_[key] = kept_.begin();
  bytes_ += bytes;
  while (bytes_ > most_bytes_ && kept_.size() > 1) {
    bytes_ -= kept_.back().bytes;
    by_key_.erase(kept_.back().key);
    kept_.pop_back();
  }
}

}  // namespace conglang::player
