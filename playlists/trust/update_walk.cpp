#include "playlists/trust/update_walk.h"

#include "playlists/trust/delegation_walk.h"

namespace conglang {
namespace {

// A kiosk that missed more root changes goes on with the next refresh.
constexpr int kMaxRootSteps = 1024;

constexpr const char* kTargetsName = "targets.json";

// Whether the kept file is the one that `expected` names.
template <typename Metadata>
bool is_current(const std::optional<TrustedFile<Metadata>>& kept, const FileVersion& expected) {
  return kept && is_expected(kept->bytes, kept->metadata.version, expected);
}

}  // namespace

UpdateWalk::UpdateWalk(const TrustedState& trusted, Instant start)
    : start_(start), state_(trusted), including_expired_(trusted) {}

TrustOutcome UpdateWalk::run(MetadataSource* source) {
  if (!load_root()) return outcome();
  const RootMetadata before = root_->metadata;
  const bool roots_hold = source == nullptr || follow_roots(*source);
  drop_rotated(before);
  load_kept();
  if (!roots_hold) return outcome();

  check_expiry(Role::root, root_->metadata.expires);
  if (source == nullptr) {
    check_kept();
  } else if (update_timestamp(*source) && update_snapshot(*source) && update_targets(*source)) {
    return outcome(source);
  }
  return outcome();
}

// --- root (5.3) ---

bool UpdateWalk::load_root() {
  auto opened = open_root(including_expired_.root);
  if (const Fault* fault = std::get_if<Fault>(&opened)) return fail(*fault);
  root_ = std::get<TrustedFile<RootMetadata>>(std::move(opened));
  return true;
}

bool UpdateWalk::follow_roots(MetadataSource& source) {
  for (int step = 0; step < kMaxRootSteps; ++step) {
    const std::string path = metadata_path(Role::root, root_->metadata.version + 1);
    Result<std::string> bytes = source.read(path, max_bytes(Role::root));
    if (!bytes.ok() && bytes.error().kind == ErrorKind::missing) return true;
    if (!bytes.ok() && bytes.error().kind == ErrorKind::too_large) {
      return fail(fault_of(TrustFault::endless_data, Role::root, path + " does not end"));
    }
    if (!bytes.ok()) {
      return fail(fault_of(TrustFault::missing, Role::root, bytes.error().message));
    }
    if (!accept_next_root(std::move(bytes).value())) return false;
  }
  return true;
}

bool UpdateWalk::accept_next_root(std::string bytes) {
  // By the keys of the root that is trusted now, and by those of the new one itself.
  auto by_trusted = open_file<RootMetadata>(bytes, root_->metadata, Role::root, read_root);
  if (const Fault* fault = std::get_if<Fault>(&by_trusted)) return fail(*fault);
  auto by_itself = open_root(std::move(bytes));
  if (const Fault* fault = std::get_if<Fault>(&by_itself)) return fail(*fault);

  auto& next = std::get<TrustedFile<RootMetadata>>(by_itself);
  const std::int64_t due = root_->metadata.version + 1;
  if (next.metadata.version < due) {
    return fail(
        fault_of(TrustFault::rollback, Role::root, older_than(next.metadata.version, due)));
  }
  if (next.metadata.version > due) {
    return fail(fault_of(TrustFault::mix_and_match, Role::root,
                         "version " + std::to_string(next.metadata.version) +
                             " stands where version " + std::to_string(due) + " is due"));
  }
  root_ = std::move(next);
  keep(&TrustedState::root, root_->bytes);
  return true;
}

// Recovery from a fast-forward: whoever stole a key can have signed any version,
// so with the key goes what it signed (5.3.11).
void UpdateWalk::drop_rotated(const RootMetadata& before) {
  const auto is_rotated = [&](Role role) {
    return before.roles.at(role).key_ids != root_->metadata.roles.at(role).key_ids;
  };
  if (!is_rotated(Role::timestamp) && !is_rotated(Role::snapshot)) return;
  for (TrustedState* kept : {&state_, &including_expired_}) {
    kept->timestamp.clear();
    kept->snapshot.clear();
  }
}

// --- what is kept ---

void UpdateWalk::load_kept() {
  load_one(timestamp_, &TrustedState::timestamp, Role::timestamp, read_timestamp);
  load_one(snapshot_, &TrustedState::snapshot, Role::snapshot, read_snapshot);
  load_one(targets_, &TrustedState::targets, Role::targets, read_targets);
}

template <typename Metadata>
void UpdateWalk::load_one(std::optional<TrustedFile<Metadata>>& place,
                          std::string TrustedState::*member, Role role,
                          Result<Metadata> (*read)(const JsonValue&)) {
  const std::string& bytes = including_expired_.*member;
  if (bytes.empty()) return;
  auto opened = open_file<Metadata>(bytes, root_->metadata, role, read);
  if (auto* file = std::get_if<TrustedFile<Metadata>>(&opened)) {
    place = std::move(*file);
    return;
  }
  discarded_.push_back(std::get<Fault>(std::move(opened)));
  (state_.*member).clear();
  (including_expired_.*member).clear();
}

void UpdateWalk::check_kept() {
  if (timestamp_) check_expiry(Role::timestamp, timestamp_->metadata.expires);
  if (snapshot_) check_expiry(Role::snapshot, snapshot_->metadata.expires);
  if (targets_) check_expiry(Role::targets, targets_->metadata.expires);
  if (!timestamp_ || !snapshot_ || !targets_) {
    const Role role =
        !timestamp_ ? Role::timestamp : (!snapshot_ ? Role::snapshot : Role::targets);
    fail(fault_of(TrustFault::missing, role, "nothing is kept of it"));
  }
}

// --- timestamp (5.4) ---

bool UpdateWalk::update_timestamp(MetadataSource& source) {
  auto bytes = fetch(source, role_file(root_->metadata, Role::timestamp),
                     metadata_path(Role::timestamp, 0));
  if (const Fault* fault = std::get_if<Fault>(&bytes)) return fail(*fault);
  auto opened = open_file<TimestampMetadata>(std::get<std::string>(std::move(bytes)),
                                             root_->metadata, Role::timestamp, read_timestamp);
  if (const Fault* fault = std::get_if<Fault>(&opened)) return fail(*fault);
  auto& next = std::get<TrustedFile<TimestampMetadata>>(opened);
  if (auto fault = compare_timestamps(next.metadata)) return fail(*fault);

  const bool is_same = timestamp_ && timestamp_->metadata.version == next.metadata.version;
  if (!is_same) timestamp_ = std::move(next);
  check_expiry(Role::timestamp, timestamp_->metadata.expires);
  if (!is_same) keep(&TrustedState::timestamp, timestamp_->bytes);
  return true;
}

std::optional<Fault> UpdateWalk::compare_timestamps(const TimestampMetadata& next) const {
  if (!timestamp_) return std::nullopt;
  const TimestampMetadata& trusted = timestamp_->metadata;
  if (next.version < trusted.version) {
    return fault_of(TrustFault::rollback, Role::timestamp,
                    older_than(next.version, trusted.version));
  }
  if (next.version > trusted.version && next.snapshot.version < trusted.snapshot.version) {
    return fault_of(TrustFault::rollback, Role::timestamp,
                    "it names a snapshot whose " +
                        older_than(next.snapshot.version, trusted.snapshot.version));
  }
  return std::nullopt;
}

// --- snapshot (5.5) ---

bool UpdateWalk::update_snapshot(MetadataSource& source) {
  const FileVersion& expected = timestamp_->metadata.snapshot;
  if (is_current(snapshot_, expected)) {
    check_expiry(Role::snapshot, snapshot_->metadata.expires);
    return true;
  }
  auto opened = fetch_expected<SnapshotMetadata>(
      source, expected, role_file(root_->metadata, Role::snapshot), read_snapshot);
  if (const Fault* fault = std::get_if<Fault>(&opened)) return fail(*fault);
  auto& next = std::get<TrustedFile<SnapshotMetadata>>(opened);
  if (auto fault = compare_snapshots(next.metadata)) return fail(*fault);
  snapshot_ = std::move(next);
  check_expiry(Role::snapshot, snapshot_->metadata.expires);
  keep(&TrustedState::snapshot, snapshot_->bytes);
  return true;
}

std::optional<Fault> UpdateWalk::compare_snapshots(const SnapshotMetadata& next) const {
  if (!snapshot_) return std::nullopt;
  for (const auto& [name, trusted] : snapshot_->metadata.files) {
    const auto found = next.files.find(name);
    if (found == next.files.end()) {
      return fault_of(TrustFault::rollback, Role::snapshot, name + " is listed no longer");
    }
    if (found->second.version < trusted.version) {
      return fault_of(
          TrustFault::rollback, Role::snapshot,
          "it names " + name + " whose " + older_than(found->second.version, trusted.version));
    }
  }
  return std::nullopt;
}

// --- targets (5.6) ---

bool UpdateWalk::update_targets(MetadataSource& source) {
  const FileVersion& expected = snapshot_->metadata.files.at(kTargetsName);
  if (is_current(targets_, expected)) {
    check_expiry(Role::targets, targets_->metadata.expires);
    return true;
  }
  auto opened = fetch_expected<TargetsMetadata>(
      source, expected, role_file(root_->metadata, Role::targets), read_targets);
  if (const Fault* fault = std::get_if<Fault>(&opened)) return fail(*fault);
  targets_ = std::get<TrustedFile<TargetsMetadata>>(std::move(opened));
  check_expiry(Role::targets, targets_->metadata.expires);
  keep(&TrustedState::targets, targets_->bytes);
  return true;
}

// --- keeping ---

void UpdateWalk::check_expiry(Role role, Instant expires) {
  if (expires > start_) return;
  has_expired_ = true;
  fail(fault_of(TrustFault::freeze, role, "expired at " + format_instant(expires)));
}

void UpdateWalk::keep(std::string TrustedState::*member, const std::string& bytes) {
  including_expired_.*member = bytes;
  if (!has_expired_) state_.*member = bytes;
}

bool UpdateWalk::fail(Fault fault) {
  if (!fault_) fault_ = std::move(fault);
  return false;
}

bool UpdateWalk::is_anything_expired() const {
  if (!timestamp_ || !snapshot_) return true;  // nobody says that it is still the newest
  return root_->metadata.expires <= start_ || timestamp_->metadata.expires <= start_ ||
         snapshot_->metadata.expires <= start_ || targets_->metadata.expires <= start_;
}

TrustOutcome UpdateWalk::outcome(MetadataSource* delegated_from) {
  TrustOutcome result{state_, including_expired_, fault_, {}, std::nullopt, discarded_};
  if (!targets_) return result;
  DelegationWalk walk(
      {targets_->metadata, snapshot_ ? &snapshot_->metadata : nullptr, start_, delegated_from},
      including_expired_.delegated);
  walk.run();
  result.delegated_faults = walk.faults();
  result.including_expired.delegated = walk.kept();
  // What has expired stands still in the other, as everything after it does.
  if (!has_expired_) result.state.delegated = walk.kept_unexpired(state_.delegated);
  result.targets =
      VerifiedTargets(targets_->metadata, walk.take_roles(), is_anything_expired());
  return result;
}

}  // namespace conglang
