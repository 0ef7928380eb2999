#include "player/sync/stick_search.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "player/sync/stick_files.h"
#include "playlists/base/sha256.h"

namespace conglang::player {
namespace {

constexpr std::size_t kMostSticks = 16;
// A machine has few mount points; a folder with more is something else.
constexpr int kMostNames = 256;
constexpr std::int64_t kMostTimestampBytes = 64 << 10;

std::vector<std::string> subfolders_of(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code failed;
  std::filesystem::directory_iterator entry(folder, failed);
  for (int seen = 0;
       !failed && entry != std::filesystem::directory_iterator{} && seen < kMostNames;
       ++seen, entry.increment(failed)) {
    std::error_code unknown;
    const auto status = entry->symlink_status(unknown);
    if (!unknown && status.type() == std::filesystem::file_type::directory) {
      found.push_back(entry->path().string());
    }
  }
  std::ranges::sort(found);
  return found;
}

// Another stick at the same place has another device; another publication another timestamp.
std::optional<std::string> mark_of(const std::string& folder) {
  struct stat facts {};
  if (::lstat(folder.c_str(), &facts) != 0) return std::nullopt;
  const std::string place = std::to_string(facts.st_dev) + "-" + std::to_string(facts.st_ino);
  const auto timestamp =
      StickMetadata(folder).read("metadata/timestamp.json", kMostTimestampBytes);
  if (timestamp) return place + "-" + sha256(std::string_view(*timestamp)).hex();
  if (timestamp.error().kind == ErrorKind::missing) return std::nullopt;
  return place + "-" + to_string(timestamp.error().kind);  // to be named by whoever reads it
}

}  // namespace

std::vector<Stick> find_sticks(const std::vector<std::string>& folders) {
  std::vector<Stick> sticks;
  for (const std::string& folder : folders) {
    for (const std::string& subfolder : subfolders_of(folder)) {
      if (sticks.size() == kMostSticks) return sticks;
      if (auto mark = mark_of(subfolder)) sticks.push_back({subfolder, std::move(*mark)});
    }
  }
  return sticks;
}

}  // namespace conglang::player
