#include "content-server/publishing/office_repository.h"

#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "content-server/publishing/repository_files.h"
#include "content-server/publishing/repository_lock.h"
#include "content-server/publishing/write_metadata.h"
#include "playlists/trust/metadata_file.h"
#include "playlists/trust/refresh.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTimestamp = "metadata/timestamp.json";
constexpr const char* kTakedownList = "takedown/list.json";

class WithTimestamp : public FolderSource {
 public:
  WithTimestamp(fs::path repository, std::string timestamp)
      : FolderSource(std::move(repository)), timestamp_(std::move(timestamp)) {}

  Result<std::string> read(std::string_view path, std::int64_t max_bytes) override {
    if (path == kTimestamp) return timestamp_;
    return FolderSource::read(path, max_bytes);
  }

 private:
  std::string timestamp_;
};

Error nothing_published() {
  return {ErrorKind::conflict, "nothing is published yet", "nothing-published"};
}

Error versions_used_up() {
  return {ErrorKind::conflict,
          "the version numbers are used up: somebody with the server's keys signed far ahead. "
          "Rotate the keys of snapshot, timestamp and takedown (`keys rotate`)",
          "versions-used-up"};
}

bool is_listed(const PublishedState& state, const std::string& takedown_list) {
  if (!state.takedown) return false;
  const auto listed = state.takedown->files.find(kTakedownList);
  return listed != state.takedown->files.end() &&
         listed->second == target_of(kTakedownList, takedown_list);
}

std::set<std::string> delegated_to(const std::string& targets, const std::string& role) {
  PublishedState state;
  Result<SignedDocument> document = read_signed_document(targets, Role::targets);
  if (!document.ok()) return {};
  state.targets_body = std::move(document->body);
  return state.delegated_keys(role);
}

}  // namespace

std::int64_t next_version(std::int64_t previous, Instant now) {
  const std::int64_t seconds =
      std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  return std::max(previous + 1, seconds);
}

Status OfficeRepository::place_assets(const TargetsMetadata& targets) const {
  if (Status made = make_folders(folder() / "targets/assets"); !made.ok()) return made;
  for (const auto& [path, file] : targets.files) {
    if (!path.starts_with("assets/")) continue;
    const fs::path place = folder() / repository_path(file);
    std::error_code error;
    // Its name says its content, and it was hashed before it got this name.
    if (fs::file_size(place, error) == static_cast<std::uintmax_t>(file.length) && !error)
      continue;
    const fs::path staged = staged_folder() / path.substr(std::string("assets/").size());
    Status placed = place_file(staged, place, {file.length, file.sha256});
    if (!placed.ok()) return placed;
  }
  return {};
}

Status OfficeRepository::write_target(const std::string& path, const std::string& bytes) const {
  const fs::path place = folder() / repository_path(target_of(path, bytes));
  if (Status made = make_folders(place.parent_path()); !made.ok()) return made;
  return replace_file(place, bytes);
}

Result<OfficeRepository::SignedFile> OfficeRepository::sign_takedown(
    const PublishedState& state, const std::set<std::string>& key_ids,
    const std::optional<std::string>& list, Instant now) const {
  const Result<SigningKey> key = open_online_key(keys_folder(), "takedown", key_ids);
  if (!key.ok()) return key.error();
  std::map<std::string, TargetFile> files;
  if (state.takedown) files = state.takedown->files;
  if (list) files.insert_or_assign(kTakedownList, target_of(kTakedownList, *list));
  const std::int64_t version = next_version(state.versions.takedown, now);
  if (version > kMaxVersion) return versions_used_up();
  return SignedFile{version,
                    sign_metadata(delegated_body({version, now + kOnlineLife}, files), {*key})};
}

Result<std::string> OfficeRepository::write_snapshot(const PublishedState& state,
                                                     const Change& change, Instant now) const {
  const auto snapshot_key =
      open_online_key(keys_folder(), "snapshot", state.keys_of(Role::snapshot));
  if (!snapshot_key.ok()) return snapshot_key.error();
  const auto timestamp_key =
      open_online_key(keys_folder(), "timestamp", state.keys_of(Role::timestamp));
  if (!timestamp_key.ok()) return timestamp_key.error();

  std::map<std::string, FileVersion> files = state.files;
  for (const auto& [role, file] : change) {
    files.insert_or_assign(role + ".json", file_version(file.version, file.bytes));
  }
  const Instant expires = now + kOnlineLife;
  const std::int64_t version = next_version(state.versions.snapshot, now);
  const std::int64_t stamp = next_version(state.versions.timestamp, now);
  if (version > kMaxVersion || stamp > kMaxVersion) return versions_used_up();
  const std::string snapshot =
      sign_metadata(snapshot_body({version, expires}, files), {*snapshot_key});
  const Status written = replace_file(folder() / metadata_name("snapshot", version), snapshot);
  if (!written.ok()) return written.error();
  return sign_metadata(timestamp_body({stamp, expires}, file_version(version, snapshot)),
                       {*timestamp_key});
}

Status OfficeRepository::publish(const PublishedState& state, const Change& change,
                                 Instant now) const {
  for (const auto& [role, file] : change) {
    Status written = replace_file(folder() / metadata_name(role, file.version), file.bytes);
    if (!written.ok()) return written;
  }
  const Result<std::string> timestamp = write_snapshot(state, change, now);
  if (!timestamp.ok()) return timestamp.error();
  if (Status held = check_as_kiosk(state, *timestamp, now); !held.ok()) return held;
  return replace_file(folder() / kTimestamp, *timestamp);
}

Status OfficeRepository::check_as_kiosk(const PublishedState& state,
                                        const std::string& timestamp, Instant now) const {
  WithTimestamp source(folder(), timestamp);
  const TrustOutcome outcome = refresh({state.root_bytes, {}, {}, {}}, source, now);
  if (!outcome.fault) return {};
  return Error{ErrorKind::untrusted,
               "a kiosk would not accept this version: " + to_string(*outcome.fault) +
                   "; the version before stays as it is",
               "kiosk-refuses"};
}

Status OfficeRepository::write_release(const Release& release, Instant now) const {
  const Result<TargetsMetadata> targets = read_signed_targets(release.targets);
  if (!targets.ok()) return targets.error();
  if (Status placed = place_assets(*targets); !placed.ok()) return placed;

  const auto lock = RepositoryLock::take(data_ / "repository.lock");
  if (!lock.ok()) return lock.error();
  if (Status finished = finish_root_change(); !finished.ok()) return finished;
  Result<PublishedState> state = published(now);
  if (!state.ok()) return state.error();
  const std::set<std::string> keys = delegated_to(release.targets, "takedown");
  if (state->version() == release.version) {
    return retire_online_key(keys_folder(), "takedown", keys);
  }
  if (state->version() != release.base_version) {
    return Error{ErrorKind::conflict,
                 "release " + std::to_string(release.version) + ": was approved on top of " +
                     std::to_string(release.base_version) + ", but " +
                     std::to_string(state->version()) + " is published",
                 "stale-approval"};
  }
  const std::string path = "publications/" + release.group.text() + ".json";
  if (Status written = write_target(path, release.publication); !written.ok()) return written;
  Change change{{"targets", {release.version, release.targets}}};
  if (!state->takedown || keys != state->delegated_keys("takedown")) {
    // With a key goes what it signed.
    if (is_pushed_ahead(state->versions.takedown, now)) state->versions.takedown = 0;
    Result<SignedFile> takedown = sign_takedown(*state, keys, std::nullopt, now);
    if (!takedown.ok()) return takedown.error();
    change.emplace("takedown", std::move(*takedown));
  }
  if (Status done = publish(*state, change, now); !done.ok()) return done;
  return retire_online_key(keys_folder(), "takedown", keys);
}

bool OfficeRepository::has_published() const {
  std::error_code absent;
  return fs::exists(folder() / kTimestamp, absent);
}

Result<bool> OfficeRepository::write_takedown(const std::string& list, Instant now) const {
  const auto lock = RepositoryLock::take(data_ / "repository.lock");
  if (!lock.ok()) return lock.error();
  if (Status finished = finish_root_change(); !finished.ok()) return finished.error();
  const Result<PublishedState> state = published(now);
  if (!state.ok()) return state.error();
  if (!state->targets) return nothing_published();
  if (is_listed(*state, list)) return false;
  if (Status written = write_target(kTakedownList, list); !written.ok()) return written.error();
  Result<SignedFile> takedown =
      sign_takedown(*state, state->delegated_keys("takedown"), list, now);
  if (!takedown.ok()) return takedown.error();
  const Status done = publish(*state, {{"takedown", std::move(*takedown)}}, now);
  if (!done.ok()) return done.error();
  return true;
}

Status OfficeRepository::write_urgent(const std::string& metadata,
                                      const std::map<std::string, std::string>& documents,
                                      Instant now) const {
  const Result<TargetsMetadata> urgent = read_signed_targets(metadata);
  if (!urgent.ok()) return urgent.error();
  for (const auto& [path, bytes] : documents) {
    const auto named = urgent->files.find(path);
    if (named == urgent->files.end() || !(named->second == target_of(path, bytes))) {
      return Error{ErrorKind::malformed, path + ": is not what was signed for"};
    }
    if (Status written = write_target(path, bytes); !written.ok()) return written;
  }
  const auto lock = RepositoryLock::take(data_ / "repository.lock");
  if (!lock.ok()) return lock.error();
  if (Status finished = finish_root_change(); !finished.ok()) return finished;
  const Result<PublishedState> state = published(now);
  if (!state.ok()) return state.error();
  if (!state->targets) return nothing_published();
  if (urgent->version <= state->versions.urgent) {
    return Error{ErrorKind::conflict, "the urgent messages were changed meanwhile",
                 "stale-approval"};
  }
  return publish(*state, {{"urgent", {urgent->version, metadata}}}, now);
}

Status OfficeRepository::sign_again(Instant now) const {
  const auto lock = RepositoryLock::take(data_ / "repository.lock");
  if (!lock.ok()) return lock.error();
  if (Status finished = finish_root_change(); !finished.ok()) return finished;
  const Result<PublishedState> state = published(now);
  if (!state.ok()) return state.error();
  if (!state->targets) return {};
  Result<SignedFile> takedown =
      sign_takedown(*state, state->delegated_keys("takedown"), std::nullopt, now);
  if (!takedown.ok()) return takedown.error();
  return publish(*state, {{"takedown", std::move(*takedown)}}, now);
}

Result<bool> OfficeRepository::renew(Instant now) const {
  const auto lock = RepositoryLock::take(data_ / "repository.lock");
  if (!lock.ok()) return lock.error();
  if (Status finished = finish_root_change(); !finished.ok()) return finished.error();
  const Result<PublishedState> state = published(now);
  if (!state.ok()) return state.error();
  if (!state->targets) return false;
  const Renewal renewal = next_renewal(state->lives, now);
  if (!renewal.any()) return false;
  Change change;
  if (renewal.takedown) {
    Result<SignedFile> takedown =
        sign_takedown(*state, state->delegated_keys("takedown"), std::nullopt, now);
    if (!takedown.ok()) return takedown.error();
    change.emplace("takedown", std::move(*takedown));
  }
  if (Status done = publish(*state, change, now); !done.ok()) return done.error();
  return true;
}

}  // namespace conglang::server
