// Files whose bytes are named by validly signed metadata. Only this room makes them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "playlists/base/sha256.h"
#include "playlists/base/time.h"
#include "playlists/trust/fault.h"
#include "playlists/trust/metadata.h"
#include "playlists/trust/metadata_source.h"

namespace conglang {

class DelegationWalk;
class UpdateWalk;

// The path below the repository: "targets/assets/<sha256>.<sha256>.mp4" for the
// target "assets/<sha256>.mp4" (consistent snapshots carry the digest in front).
std::string repository_path(const TargetFile& file);

// A target whose bytes were read and found to be those that were signed for.
class VerifiedTarget {
 public:
  const std::string& path() const { return path_; }  // "publications/<group>.json"
  const std::string& bytes() const { return bytes_; }
  const std::string& role() const { return role_; }  // that signed for it: "targets"

 private:
  friend class VerifiedTargets;
  VerifiedTarget(std::string path, std::string bytes, std::string role)
      : path_(std::move(path)), bytes_(std::move(bytes)), role_(std::move(role)) {}

  std::string path_;
  std::string bytes_;
  std::string role_;
};

// What one delegated role says, as far as it is trusted.
struct DelegatedTargets {
  TargetsMetadata metadata;
  bool is_expired = false;
  std::set<std::string> delegators;  // by whose keys it is signed enough
};

// The signed list of files that may be shown, and what delegated roles sign for beside it.
// Made only by refresh() and recall().
class VerifiedTargets {
 public:
  std::int64_t version() const { return metadata_.version; }

  // Of the targets role itself.
  const std::map<std::string, TargetFile>& files() const { return metadata_.files; }

  // Every file that `role` vouches for: that it lists, may list, and nobody before it does.
  std::vector<TargetFile> files_of(std::string_view role) const;

  // nullptr when the role is not delegated to, says nothing, or nothing of it is trusted.
  const DelegatedTargets* delegated(std::string_view role) const;

  // True when one of the roles behind it has passed its expiry: nobody says that
  // it is still the newest. A kiosk plays it on until its own offline_until.
  bool is_expired() const { return is_expired_; }

  // Asks the targets role, then those that it delegates to, in the order of the
  // specification. nullptr when no such file is signed for, and when nothing is trusted of
  // a role that would have been asked first.
  const TargetFile* find(std::string_view path) const;

  // The name of the role that find() ends at; empty when there is none.
  std::string vouching_role(std::string_view path) const;

  // Reads a small target whole. Large ones are streamed through a TargetCheck.
  std::variant<VerifiedTarget, Fault> read(std::string_view path, MetadataSource& source) const;

 private:
  friend class UpdateWalk;
  friend class DelegationWalk;
  // By name; nothing when it says something and nothing of it is trusted.
  using Roles = std::map<std::string, std::optional<DelegatedTargets>>;

  VerifiedTargets(TargetsMetadata metadata, Roles roles, bool is_expired)
      : metadata_(std::move(metadata)), roles_(std::move(roles)), is_expired_(is_expired) {}

  struct Search {
    std::string next = "targets";
    std::set<std::string> visited;
    std::string voucher;  // empty: none
  };
  // True when the search is over.
  bool search(std::string_view path, Search& search) const;
  const TargetsMetadata* metadata_of(const std::string& role) const;

  TargetsMetadata metadata_;
  Roles roles_;
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
