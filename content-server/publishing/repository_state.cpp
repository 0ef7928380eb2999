#include "content-server/publishing/repository_state.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <system_error>
#include <utility>

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
Result<RoleVersions> versions_on_disk(const fs::path& folder, Instant now) {
  RoleVersions versions;
  std::error_code error;
  if (!fs::exists(folder, error)) return versions;
  const std::initializer_list<std::pair<const char*, std::int64_t*>> places{
      {"targets", &versions.targets},
      {"takedown", &versions.takedown},
      {"urgent", &versions.urgent},
      {"snapshot", &versions.snapshot}};
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    for (const auto& [role, highest] : places) {
      const std::int64_t version = version_in_name(name, role);
      if (!is_pushed_ahead(version, now)) *highest = std::max(*highest, version);
    }
  }
  if (!error) return versions;
  return Error{ErrorKind::storage, folder.string() + ": cannot be read: " + error.message()};
}

// 0 for what cannot be read.
template <typename Metadata>
std::int64_t version_of(const std::string& bytes, Role form,
                        Result<Metadata> (*read)(const JsonValue&)) {
  const Result<SignedDocument> document = read_signed_document(bytes, form);
  if (!document.ok()) return 0;
  const Result<Metadata> metadata = read(document->body);
  return metadata.ok() ? metadata->version : 0;
}

void add_published(const TrustedState& published, RoleVersions& versions) {
  versions.timestamp = version_of(published.timestamp, Role::timestamp, read_timestamp);
  versions.snapshot = std::max(versions.snapshot,
                               version_of(published.snapshot, Role::snapshot, read_snapshot));
  const auto takedown = published.delegated.find("takedown");
  if (takedown == published.delegated.end()) return;
  versions.takedown =
      std::max(versions.takedown, version_of(takedown->second, Role::targets, read_targets));
}

}  // namespace

bool is_pushed_ahead(std::int64_t version, Instant now) {
  constexpr std::chrono::seconds kHundredYears = std::chrono::days(36525);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
  return version > (seconds + kHundredYears).count();
}

Result<RepositoryState> inspect_repository(const fs::path& repository, const std::string& root,
                                           Instant now) {
  const Result<RoleVersions> versions = versions_on_disk(repository / "metadata", now);
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
  add_published(outcome.including_expired, state.versions);
  return state;
}

}  // namespace conglang::server
