// One file on its way to this disk: under a temporary name until its last byte is proven.
//
// Its life: hash_kept() until the bytes of an earlier attempt are hashed, add() what comes
// from held() on, finish(). After any failure the next attempt goes on from what is there;
// restart() forgets it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "player/store/content_folder.h"
#include "playlists/base/result.h"
#include "playlists/base/sha256.h"
#include "playlists/trust/metadata.h"

namespace conglang::player {

inline constexpr const char* kIncomingFolder = "incoming";

// Threads: one at a time.
class ContentDownload {
 public:
  // Requires: the folder outlives it; no two of the same file.
  // `kept` is the length of what an earlier attempt left, 0 for none.
  ContentDownload(ContentFolder& folder, TargetFile file, std::int64_t kept);

  const TargetFile& file() const { return file_; }

  // Hashes up to `most_bytes` of what an earlier attempt left. True: all of it is.
  // Fails: as ContentFolder; the caller may restart().
  Result<bool> hash_kept(std::int64_t most_bytes);

  // How many bytes are here and hashed: where to go on.
  std::int64_t held() const { return hashed_; }
  // How many bytes are here, hashed or not.
  std::int64_t kept() const { return kept_; }
  bool is_whole() const { return hashed_ == file_.length; }

  // Empties the temporary file.
  Status restart();

  // Fails: too_large once there are more bytes than were signed for (endless data);
  // storage, with the code "no-space". What was added before stays.
  Status add(std::span<const std::uint8_t> bytes);

  // Proves the whole, and only then gives it its name, in an order that a power cut cannot
  // turn around.
  // Fails: untrusted (not the bytes that were signed for; they are gone then), storage.
  Status finish();

  // "incoming/<sha256>.part"
  static std::string part_path(const Sha256Digest& sha256);

 private:
  Status open_file();
  Status flush();

  ContentFolder* folder_;
  TargetFile file_;
  std::int64_t kept_;
  std::int64_t hashed_ = 0;
  std::int64_t unsynced_ = 0;
  Sha256 digest_;
  std::unique_ptr<ContentFile> open_;
};

}  // namespace conglang::player
