// The walk of one client update, step by step in the order of the specification.
#pragma once

#include <optional>
#include <string>

#include "playlists/trust/metadata_file.h"
#include "playlists/trust/refresh.h"

namespace conglang {

// Requires: used once.
class UpdateWalk {
 public:
  UpdateWalk(const TrustedState& trusted, Instant start);

  // With nullptr only what is kept is looked at.
  TrustOutcome run(MetadataSource* source);

 private:
  bool load_root();
  bool follow_roots(MetadataSource& source);
  bool accept_next_root(std::string bytes);
  void drop_rotated(const RootMetadata& before);
  void load_kept();
  template <typename Metadata>
  void load_one(std::optional<TrustedFile<Metadata>>& place, std::string TrustedState::*member,
                Role role, Result<Metadata> (*read)(const JsonValue&));

  bool update_timestamp(MetadataSource& source);
  bool update_snapshot(MetadataSource& source);
  bool update_targets(MetadataSource& source);
  std::optional<Fault> compare_timestamps(const TimestampMetadata& next) const;
  std::optional<Fault> compare_snapshots(const SnapshotMetadata& next) const;

  void check_expiry(Role role, Instant expires);
  void check_kept();
  void keep(std::string TrustedState::*member, const std::string& bytes);
  bool fail(Fault fault);
  bool is_anything_expired() const;
  // Delegated roles are brought up to date from `delegated_from`; with nullptr what is kept of
  // them is looked at.
  TrustOutcome outcome(MetadataSource* delegated_from = nullptr);

  Instant start_;
  TrustedState state_;
  TrustedState including_expired_;
  bool has_expired_ = false;  // from here on state_ stands still
  std::optional<Fault> fault_;
  std::vector<Fault> discarded_;

  std::optional<TrustedFile<RootMetadata>> root_;
  std::optional<TrustedFile<TimestampMetadata>> timestamp_;
  std::optional<TrustedFile<SnapshotMetadata>> snapshot_;
  std::optional<TrustedFile<TargetsMetadata>> targets_;
};

}  // namespace conglang
