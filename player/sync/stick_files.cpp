#include "player/sync/stick_files.h"

#include <algorithm>
#include <cerrno>
#include <span>
#include <utility>

#include "playlists/trust/verified_target.h"

namespace conglang::player {
namespace {

constexpr std::size_t kBlockBytes = 256 << 10;

std::string on_stick(std::string_view path) { return "repository/" + std::string(path); }

}  // namespace

Result<std::string> StickMetadata::read(std::string_view path, std::int64_t max_bytes) {
  return files_.read(on_stick(path), max_bytes);
}

StickPlan plan_copies(const std::vector<TargetFile>& missing, const StickLengths& lengths) {
  StickPlan plan;
  for (const TargetFile& file : missing) {
    const auto found = lengths.find(file.sha256);
    const bool is_there = found != lengths.end() && found->second == file.length;
    (is_there ? plan.copy : plan.lacking).push_back(file);
  }
  std::stable_sort(plan.copy.begin(), plan.copy.end(),
                   [](const TargetFile& left, const TargetFile& right) {
                     return left.length < right.length;
                   });
  return plan;
}

StickLengths look_at_stick(const std::string& stick, const std::vector<TargetFile>& files) {
  StickLengths lengths;
  const auto opened = open_folder(stick);
  if (!opened) return lengths;
  for (const TargetFile& file : files) {
    const std::string path = on_stick(repository_path(file));
    const auto source = open_below(*opened, path);
    if (!source) continue;
    if (const auto length = length_of(*source, path)) lengths[file.sha256] = *length;
  }
  return lengths;
}

Result<bool> StickCopy::step(std::int64_t most_bytes) {
  if (!is_hashed_) {
    const auto hashed = download_.hash_kept(most_bytes);
    if (!hashed) return hashed.error();
    is_hashed_ = *hashed;
    if (!is_hashed_) return false;
  }
  const std::string path = on_stick(repository_path(download_.file()));
  if (!source_.is_open()) {
    const auto folder = open_folder(stick_);
    if (!folder) return folder.error();
    auto source = open_below(*folder, path);
    if (!source) return source.error();
    source_ = std::move(*source);
  }
  std::vector<std::uint8_t> block(kBlockBytes);
  for (std::int64_t left = most_bytes; left > 0 && !download_.is_whole();) {
    const std::int64_t most = std::min<std::int64_t>(
        {left, std::int64_t{kBlockBytes}, download_.file().length - download_.held()});
    const ssize_t got =
        ::pread(source_.get(), block.data(), static_cast<std::size_t>(most), download_.held());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_error(path, errno);
    if (got == 0) return Error{ErrorKind::untrusted, path + ": cut on the stick", "cut"};
    const auto count = static_cast<std::size_t>(got);
    if (Status added = download_.add(std::span(block).first(count)); !added) {
      return added.error();
    }
    left -= got;
  }
  if (!download_.is_whole()) return false;
  if (Status done = download_.finish(); !done) return done.error();
  return true;
}

}  // namespace conglang::player
