#include "player/programme/strikes.h"

#include <algorithm>
#include <variant>

namespace conglang::player {
namespace {

constexpr int kStrikesAllowed = 3;
constexpr std::chrono::minutes kQuarantine{10};
constexpr std::size_t kMostContents = 1000;

const HeldFile* file_of(const ShowContent& content) {
  if (const auto* video = std::get_if<ShowVideo>(&content)) return &video->file;
  if (const auto* image = std::get_if<ShowImage>(&content)) return &image->file;
  if (const auto* file = std::get_if<ShowFile>(&content)) return &file->file;
  if (const auto* card = std::get_if<ShowTextCard>(&content)) {
    return card->background ? &*card->background : nullptr;
  }
  const auto& entry = std::get<ShowEntryCard>(content);
  return entry.picture ? &*entry.picture : nullptr;
}

}  // namespace

std::string content_key(const ShowItem& item) {
  const HeldFile* file = file_of(item.content);
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
