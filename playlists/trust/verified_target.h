// Files whose bytes are named by validly signed metadata. Only this room makes them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "playlists/base/sha256.h"
#include "playlists/base/time.h"
#include "playlists/trust/fault.h"
#include "playlists/trust/metadata.h"
#include "playlists/trust/metadata_source.h"

namespace conglang {

class UpdateWalk;

// The path below the repository: "targets/assets/<sha256>.<sha256>.mp4" for the
// target "assets/<sha256>.mp4" (consistent snapshots carry the digest in front).
std::string repository_path(const TargetFile& file);

// A target whose bytes were read and found to be those that were signed for.
class VerifiedTarget {
 public:
  const std::string& path() const { return path_; }  // "publications/<group>.json"
  const std::string& bytes() const { return bytes_; }

 private:
  friend class VerifiedTargets;
  VerifiedTarget(std::string path, std::string bytes)
      : path_(std::move(path)), bytes_(std::move(bytes)) {}

  std::string path_;
  std::string bytes_;
};

// The signed list of files that may be shown. Made only by refresh() and recall().
class VerifiedTargets {
 public:
  std::int64_t version() const { return metadata_.version; }
  const std::map<std::string, TargetFile>& files() const { return metadata_.files; }

  // True when one of the roles behind it has passed its expiry: nobody says that
  // it is still the newest. A kiosk plays it on until its own offline_until.
  bool is_expired() const { return is_expired_; }

  // nullptr when no such file is signed for.
  const TargetFile* find(std::string_view path) const;

  // Reads a small target whole. Large ones are streamed through a TargetCheck.
  std::variant<VerifiedTarget, Fault> read(std::string_view path, MetadataSource& source) const;

 private:
  friend class UpdateWalk;
  VerifiedTargets(TargetsMetadata metadata, bool is_expired)
      : metadata_(std::move(metadata)), is_expired_(is_expired) {}

  TargetsMetadata metadata_;
  bool is_expired_ = false;
};

// Compares a stream of bytes with the length and digest that were signed for.
class TargetCheck {
 public:
  explicit TargetCheck(TargetFile file) : file_(std::move(file)) {}

  // The fault as soon as it is certain: the reader can stop there.
  std::optional<Fault> add(std::span<const std::uint8_t> bytes);

  // Nothing when the bytes are exactly those that were signed for.
  // Requires: called once, last, after no add() gave a fault.
  std::optional<Fault> finish();

 private:
  TargetFile file_;
  std::int64_t seen_ = 0;
  Sha256 digest_;
};

// Longer than signed for is wrong_length up to this excess, endless_data beyond it.
inline constexpr std::int64_t kMaxOverrun = 64 << 10;

}  // namespace conglang
