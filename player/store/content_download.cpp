#include "player/store/content_download.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "playlists/trust/verified_target.h"

namespace conglang::player {
namespace {

constexpr std::size_t kBlockBytes = 256 << 10;

// What a power cut costs at most; chosen so that a slow card is not kept busy with flushing.
constexpr std::int64_t kSyncEvery = 16 << 20;

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

}  // namespace

ContentDownload::ContentDownload(ContentFolder& folder, TargetFile file, std::int64_t kept)
    : folder_(&folder), file_(std::move(file)), kept_(kept) {}

std::string ContentDownload::part_path(const Sha256Digest& sha256) {
  return std::string(kIncomingFolder) + "/" + sha256.hex() + ".part";
}

Result<bool> ContentDownload::hash_kept(std::int64_t most_bytes) {
  if (kept_ > file_.length) {
    if (Status emptied = restart(); !emptied) return emptied.error();
  }
  const std::string path = part_path(file_.sha256);
  std::vector<std::uint8_t> block(kBlockBytes);
  for (std::int64_t left = most_bytes; left > 0 && hashed_ < kept_;) {
    const auto wanted = static_cast<std::size_t>(
        std::min<std::int64_t>({left, kept_ - hashed_, std::int64_t{kBlockBytes}}));
    const auto got = folder_->read(path, hashed_, std::span(block).first(wanted));
    const bool is_gone = !got && got.error().kind == ErrorKind::missing;
    if (!got && !is_gone) return got.error();
    if (is_gone || *got == 0) {
      kept_ = hashed_;  // shorter than it was
      break;
    }
    digest_.add(std::span(block).first(*got));
    hashed_ += static_cast<std::int64_t>(*got);
    left -= static_cast<std::int64_t>(*got);
  }
  return hashed_ == kept_;
}

Status ContentDownload::restart() {
  open_.reset();
  digest_ = Sha256();
  hashed_ = kept_ = unsynced_ = 0;
  Status removed = folder_->remove(part_path(file_.sha256));
  if (!removed && removed.error().kind != ErrorKind::missing) return removed;
  return {};
}

Status ContentDownload::open_file() {
  if (open_) return {};
  auto opened = folder_->open_after(part_path(file_.sha256), hashed_);
  if (!opened) return opened.error();
  open_ = std::move(*opened);
  return {};
}

Status ContentDownload::add(std::span<const std::uint8_t> bytes) {
  const auto length = static_cast<std::int64_t>(bytes.size());
  if (length > file_.length - hashed_) {
    return Error{ErrorKind::too_large, file_.path + ": endless data: more than the " +
                                           std::to_string(file_.length) + " bytes signed for"};
  }
  if (Status opened = open_file(); !opened) return opened;
  if (Status appended = open_->append(bytes); !appended) {
    // A part of it may be in the file: it is cut off when the file is opened again.
    open_.reset();
    return appended;
  }
  digest_.add(bytes);
  hashed_ += length;
  kept_ = hashed_;
  unsynced_ += length;
  if (unsynced_ < kSyncEvery) return {};
  return flush();
}

Status ContentDownload::flush() {
  unsynced_ = 0;
  Status synced = open_->sync();
  // The kernel may have dropped what it could not write: nothing of it is sure any more.
  if (!synced) static_cast<void>(restart());
  return synced;
}

Status ContentDownload::finish() {
  if (!is_whole()) {
    return Error{ErrorKind::untrusted, file_.path + ": cut: " + std::to_string(hashed_) +
                                           " of " + std::to_string(file_.length) + " bytes"};
  }
  const Sha256Digest digest = std::exchange(digest_, Sha256()).finish();
  if (digest != file_.sha256) {
    if (Status emptied = restart(); !emptied) return emptied;
    return Error{ErrorKind::untrusted,
                 file_.path + ": wrong-hash: the bytes are not those that were signed for",
                 "wrong-hash"};
  }
  Status done = open_file();
  if (done) done = flush();
  open_.reset();
  const std::string path = repository_path(file_);
  if (done) done = folder_->rename(part_path(file_.sha256), path);
  if (done) done = folder_->sync_names(folder_of(path));
  return done;
}

}  // namespace conglang::player
