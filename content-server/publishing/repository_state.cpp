#include "content-server/publishing/repository_state.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "content-server/publishing/repository_files.h"
#include "playlists/trust/read_metadata.h"
#include "playlists/trust/refresh.h"
#include "playlists/trust/signed_document.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

// The N of "N.<role>.json"; 0 for any other name.
std::int64_t version_in_name(const std::string& name, const std::string& role) {
  std::int64_t version = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), version);
  const std::string rest(end, name.data() + name.size());
  const bool is_version = error == std::errc() && rest == "." + role + ".json";
  return is_version && version > 0 && version < kMaxVersion ? version : 0;
}

// Also of files that an interrupted pack left behind: no number is used twice.
Result<RoleVersions> versions_on_disk(const fs::path& folder) {
  RoleVersions versions;
  std::error_code error;
  if (!fs::exists(folder, error)) return versions;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    versions.targets = std::max(versions.targets, version_in_name(name, "targets"));
    versions.takedown = std::max(versions.takedown, version_in_name(name, "takedown"));
    versions.urgent = std::max(versions.urgent, version_in_name(name, "urgent"));
    versions.snapshot = std::max(versions.snapshot, version_in_name(name, "snapshot"));
  }
  if (!error) return versions;
  return Error{ErrorKind::storage, folder.string() + ": cannot be read: " + error.message()};
}

std::int64_t timestamp_version(const std::string& bytes) {
  const Result<SignedDocument> document = read_signed_document(bytes, Role::timestamp);
  if (!document.ok()) return 0;
  const Result<TimestampMetadata> timestamp = read_timestamp(document->body);
  return timestamp.ok() ? timestamp->version : 0;
}

}  // namespace

Result<RepositoryState> inspect_repository(const fs::path& repository, const std::string& root,
                                           Instant now) {
  const Result<RoleVersions> versions = versions_on_disk(repository / "metadata");
  if (!versions.ok()) return versions.error();
  RepositoryState state{*versions, std::nullopt};
  std::error_code error;
  if (!fs::exists(repository / "metadata" / "timestamp.json", error)) return state;

  FolderSource source(repository);
  const TrustOutcome outcome = refresh({root, {}, {}, {}}, source, now);
  if (!outcome.targets) {
    return Error{ErrorKind::untrusted,
                 repository.string() + ": what is published there does not hold (" +
                     to_string(*outcome.fault) +
                     "); bring it back from a copy, or pack into a new folder"};
  }
  state.targets = outcome.targets;
  state.versions.timestamp = timestamp_version(outcome.including_expired.timestamp);
  return state;
}

}  // namespace conglang::server
