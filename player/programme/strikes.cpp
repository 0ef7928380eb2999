#include "player/programme/strikes.h"

#include <algorithm>
#include <variant>

namespace conglang::player {
namespace {

constexpr int kStrikesAllowed = 3;
constexpr std::chrono::minutes kQuarantine{10};
constexpr std::size_t kMostContents = 1000;

const HeldFile* pointer_to(const std::optional<HeldFile>& file) {
  return file ? &*file : nullptr;
}

// Whatever an item shows beside words. One answer for each kind: a new kind does not compile
// without.
struct FileOf {
  const HeldFile* operator()(const ShowVideo& video) const { return &video.file; }
  const HeldFile* operator()(const ShowImage& image) const { return &image.file; }
  const HeldFile* operator()(const ShowFile& file) const { return &file.file; }
  const HeldFile* operator()(const ShowTextCard& card) const {
    return pointer_to(card.background);
  }
  const HeldFile* operator()(const ShowEntryCard& card) const {
    return pointer_to(card.picture);
  }
  const HeldFile* operator()(const ShowNotice&) const { return nullptr; }
};

}  // namespace

std::string content_key(const ShowItem& item) {
  const HeldFile* file = std::visit(FileOf{}, item.content);
  if (file == nullptr) return "item:" + item.id.text();
  return file->sha256 ? "sha256:" + file->sha256->hex() : "path:" + file->path;
}

int Strikes::record_failure(const std::string& key, MonotonicTime now) {
  Record& record = records_[key];
  record.last = now;
  const int failures = ++record.failures;
  if (records_.size() > kMostContents) {
    records_.erase(std::min_element(
        records_.begin(), records_.end(),
        [](const auto& a, const auto& b) { return a.second.last < b.second.last; }));
  }
  return failures;
}

bool Strikes::record_success(const std::string& key) { return records_.erase(key) > 0; }

Strikes::Strikes(const std::vector<Strike>& kept) {
  for (const Strike& strike : kept) {
    if (records_.size() == kMostContents) return;
    records_[strike.content] = {strike.failures, strike.last};
  }
}

std::vector<Strike> Strikes::list() const {
  std::vector<Strike> strikes;
  strikes.reserve(records_.size());
  for (const auto& [content, record] : records_) {
    strikes.push_back({content, record.failures, record.last});
  }
  return strikes;
}

MonotonicTime Strikes::next_allowed(const std::string& key, MonotonicTime now) const {
  const auto found = records_.find(key);
  if (found == records_.end() || found->second.failures < kStrikesAllowed) return now;
  return std::max(now, found->second.last + kQuarantine);
}

bool Strikes::is_quarantined(const std::string& key, MonotonicTime now) const {
  return next_allowed(key, now) > now;
}

}  // namespace conglang::player
