#include "content-server/publishing/published_state.h"

#include <utility>

#include "content-server/publishing/approval_difference.h"
#include "content-server/publishing/next_targets.h"
#include "content-server/publishing/repository_files.h"
#include "playlists/trust/metadata_file.h"
#include "playlists/trust/read_metadata.h"
#include "playlists/trust/refresh.h"
#include "playlists/trust/signed_document.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

Error does_not_hold(const fs::path& repository, const std::string& why) {
  return {ErrorKind::untrusted,
          repository.string() + ": what is published there does not hold (" + why + ")",
          "damaged-repository"};
}

Result<std::string> newest_root(const fs::path& repository, std::int64_t& version) {
  std::string newest;
  for (version = 1;; ++version) {
    Result<std::string> next =
        read_file(repository / metadata_name("root", version), max_bytes(Role::root));
    if (!next.ok() && next.error().kind != ErrorKind::missing) return next;
    if (!next.ok()) break;
    newest = std::move(*next);
  }
  --version;
  if (version > 0) return newest;
  return Error{ErrorKind::missing, repository.string() + ": has no root yet", "no-root"};
}

Result<JsonValue> body_of(const fs::path& repository, const std::string& role,
                          std::int64_t version) {
  const Result<std::string> bytes =
      read_file(repository / metadata_name(role, version), max_bytes(Role::targets));
  if (!bytes.ok()) return bytes.error();
  Result<SignedDocument> document = read_signed_document(*bytes, Role::targets);
  if (!document.ok()) return document.error();
  return std::move(document->body);
}

Result<std::optional<DelegatedFile>> read_delegated(const fs::path& repository,
                                                    const PublishedState& state,
                                                    const std::string& role) {
  const auto stated = state.files.find(role + ".json");
  if (stated == state.files.end()) return std::optional<DelegatedFile>();
  const Result<JsonValue> body = body_of(repository, role, stated->second.version);
  if (!body.ok()) return body.error();
  Result<TargetsMetadata> metadata = read_targets(*body);
  if (!metadata.ok()) return metadata.error();
  return std::optional(
      DelegatedFile{metadata->version, metadata->expires, std::move(metadata->files)});
}

// What timestamp and snapshot state, beside what the walk has already verified.
Status read_online(const fs::path& repository, const TrustedState& trusted,
                   PublishedState& state) {
  const auto timestamp = open_file<TimestampMetadata>(trusted.timestamp, state.root,
                                                      Role::timestamp, read_timestamp);
  const auto snapshot =
      open_file<SnapshotMetadata>(trusted.snapshot, state.root, Role::snapshot, read_snapshot);
  if (const Fault* fault = std::get_if<Fault>(&timestamp)) return to_error(*fault);
  if (const Fault* fault = std::get_if<Fault>(&snapshot)) return to_error(*fault);
  const auto& stamp = std::get<TrustedFile<TimestampMetadata>>(timestamp).metadata;
  const auto& list = std::get<TrustedFile<SnapshotMetadata>>(snapshot).metadata;
  state.versions.timestamp = stamp.version;
  state.lives = {stamp.expires, list.expires, std::nullopt};
  state.files = list.files;
  for (auto* place : {&state.takedown, &state.urgent}) {
    auto read =
        read_delegated(repository, state, place == &state.takedown ? "takedown" : "urgent");
    if (!read.ok()) return read.error();
    *place = std::move(*read);
  }
  if (state.takedown) state.lives.takedown = state.takedown->expires;
  return {};
}

}  // namespace

std::string metadata_name(const std::string& role, std::int64_t version) {
  return "metadata/" + std::to_string(version) + "." + role + ".json";
}

std::set<std::string> PublishedState::delegated_keys(const std::string& role) const {
  return delegated_key_ids(targets_body, role);
}

Result<PublishedState> read_published(const fs::path& repository, Instant now) {
  PublishedState state;
  std::int64_t root_version = 0;
  Result<std::string> root = newest_root(repository, root_version);
  if (!root.ok()) return root.error();
  state.root_bytes = std::move(*root);
  auto opened = open_root(state.root_bytes);
  if (const Fault* fault = std::get_if<Fault>(&opened)) {
    return does_not_hold(repository, to_string(*fault));
  }
  state.root = std::get<TrustedFile<RootMetadata>>(std::move(opened)).metadata;
  if (state.root.version != root_version) {
    return does_not_hold(repository, "a root of another version than its name");
  }
  auto inspected = inspect_repository(repository, state.root_bytes, now);
  if (!inspected.ok()) return inspected.error();
  state.versions = inspected->versions;
  state.targets = std::move(inspected->targets);
  if (!state.targets) return state;

  FolderSource source(repository);
  const TrustOutcome outcome = refresh({state.root_bytes, {}, {}, {}}, source, now);
  if (Status online = read_online(repository, outcome.including_expired, state); !online.ok())
    return online.error();
  Result<JsonValue> body = body_of(repository, "targets", state.version());
  if (!body.ok()) return body.error();
  state.targets_body = std::move(*body);
  return state;
}

Result<std::optional<std::string>> read_publication(const fs::path& repository,
                                                    const PublishedState& state,
                                                    const GroupId& group) {
  const std::string path = publication_target(group);
  if (!state.targets || state.targets->find(path) == nullptr) {
    return std::optional<std::string>();
  }
  FolderSource source(repository);
  const auto read = state.targets->read(path, source);
  if (const Fault* fault = std::get_if<Fault>(&read)) return to_error(*fault);
  return std::optional(std::get<VerifiedTarget>(read).bytes());
}

Result<TargetsMetadata> read_signed_targets(const std::string& bytes) {
  const Result<SignedDocument> document = read_signed_document(bytes, Role::targets);
  if (!document.ok()) return document.error();
  return read_targets(document->body);
}

}  // namespace conglang::server
