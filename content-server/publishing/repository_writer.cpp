#include "content-server/publishing/repository_writer.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "content-server/publishing/write_metadata.h"
#include "playlists/base/check.h"
#include "playlists/trust/metadata_file.h"
#include "playlists/trust/refresh.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::days kTargetsLife(365);
constexpr std::chrono::days kOnlineLife(7);

// The repository as it will be once the new timestamp stands in its place.
class WithNewTimestamp : public FolderSource {
 public:
  WithNewTimestamp(fs::path repository, std::string timestamp)
      : FolderSource(std::move(repository)), timestamp_(std::move(timestamp)) {}

  Result<std::string> read(std::string_view path, std::int64_t max_bytes) override {
    if (path == metadata_path(Role::timestamp, 0)) return timestamp_;
    return FolderSource::read(path, max_bytes);
  }

 private:
  std::string timestamp_;
};

// Never below what an older copy of this server has published (a clock only moves on).
RoleVersions next_versions(const RoleVersions& previous, Instant now) {
  const std::int64_t seconds =
      std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  const auto next = [&](std::int64_t version) { return std::max(version + 1, seconds); };
  return {next(previous.targets), next(previous.takedown), next(previous.snapshot),
          next(previous.timestamp), previous.urgent};
}

std::string mebibytes(std::int64_t bytes) {
  return std::to_string((bytes + (1 << 20) - 1) >> 20) + " MiB";
}

}  // namespace

TargetFile publication_target(const GroupId& group, const std::string& bytes) {
  return {"publications/" + group.text() + ".json", static_cast<std::int64_t>(bytes.size()),
          sha256(std::string_view(bytes))};
}

TargetFile asset_target(const PublishedFile& file) {
  return {"assets/" + file.sha256.hex() + "." + file.extension, file.length, file.sha256};
}

Result<WrittenRelease> RepositoryWriter::publish(const NewRelease& release,
                                                 const RoleVersions& previous,
                                                 const Progress& progress) {
  const RoleVersions versions = next_versions(previous, now_);
  written_ = {versions.targets, std::chrono::floor<std::chrono::seconds>(now_) + kOnlineLife, 0,
              0};
  for (const char* folder : {"metadata", "targets/assets", "targets/publications"}) {
    if (const Status made = make_folders(repository_ / folder); !made.ok()) return made.error();
  }
  if (const Status root = write_root(); !root.ok()) return root.error();
  if (const Status assets = write_assets(release, progress); !assets.ok())
    return assets.error();

  const TargetFile publication = publication_target(release.group, release.publication);
  const Status placed = write_target(publication, release.publication);
  if (!placed.ok()) return placed.error();
  std::map<std::string, TargetFile> files = release.kept;
  files.insert_or_assign(publication.path, publication);
  for (const FoundAsset& asset : release.assets) {
    const TargetFile file = asset_target(asset.file);
    files.insert_or_assign(file.path, file);
  }

  const Result<std::string> timestamp = write_metadata_files(files, versions);
  if (!timestamp.ok()) return timestamp.error();
  if (const Status held = check_as_kiosk(*timestamp); !held.ok()) return held.error();
  const fs::path last = repository_ / metadata_path(Role::timestamp, 0);
  if (const Status done = replace_file(last, *timestamp); !done.ok()) return done.error();
  return written_;
}

Status RepositoryWriter::write_root() const {
  const auto opened = open_root(keys_.root);
  const auto* root = std::get_if<TrustedFile<RootMetadata>>(&opened);
  check(root != nullptr, "the root of the key folder was checked when it was read");
  const fs::path path = repository_ / metadata_path(Role::root, root->metadata.version);
  const Result<std::string> present = read_file(path, max_bytes(Role::root));
  if (present.ok() && *present == keys_.root) return {};
  if (present.ok()) {
    return Error{ErrorKind::conflict,
                 path.string() + ": is another root than that of the keys"};
  }
  if (present.error().kind != ErrorKind::missing) return present.error();
  return replace_file(path, keys_.root);
}

Status RepositoryWriter::write_assets(const NewRelease& release, const Progress& progress) {
  std::size_t number = 0;
  for (const FoundAsset& asset : release.assets) {
    ++number;
    const FileDigest expected{asset.file.length, asset.file.sha256};
    const fs::path path = repository_ / repository_path(asset_target(asset.file));
    const Result<FileDigest> present = digest_file(path, expected.length);
    if (present.ok() && *present == expected) continue;
    progress("asset " + std::to_string(number) + " of " +
             std::to_string(release.assets.size()) + ": " + asset.path.filename().string() +
             " (" + mebibytes(asset.file.length) + ")");
    if (Status copied = copy_file(asset.path, path, expected); !copied.ok()) return copied;
    ++written_.assets_written;
    written_.bytes_written += asset.file.length;
  }
  return {};
}

Status RepositoryWriter::write_target(const TargetFile& file, const std::string& bytes) const {
  return replace_file(repository_ / repository_path(file), bytes);
}

Result<std::string> RepositoryWriter::write_metadata_files(
    const std::map<std::string, TargetFile>& files, const RoleVersions& versions) const {
  const fs::path folder = repository_ / "metadata";
  const auto name = [&](std::int64_t version, const char* role) {
    return folder / (std::to_string(version) + "." + role + ".json");
  };
  const Instant online = now_ + kOnlineLife;

  const std::string takedown =
      sign_metadata(delegated_body({versions.takedown, online}, {}), {keys_.takedown});
  Status status = replace_file(name(versions.takedown, "takedown"), takedown);
  if (!status.ok()) return status.error();

  const MetadataHead head{versions.targets, now_ + kTargetsLife};
  const std::string targets = sign_metadata(
      targets_body(head, files, {keys_.takedown.public_json(), {keys_.targets.public_json()}}),
      {keys_.targets});
  status = replace_file(name(versions.targets, "targets"), targets);
  if (!status.ok()) return status.error();

  const std::string snapshot = sign_metadata(
      snapshot_body({versions.snapshot, online},
                    {{"targets.json", file_version(versions.targets, targets)},
                     {"takedown.json", file_version(versions.takedown, takedown)}}),
      {keys_.snapshot});
  status = replace_file(name(versions.snapshot, "snapshot"), snapshot);
  if (!status.ok()) return status.error();

  const FileVersion stated = file_version(versions.snapshot, snapshot);
  return sign_metadata(timestamp_body({versions.timestamp, online}, stated), {keys_.timestamp});
}

Status RepositoryWriter::check_as_kiosk(const std::string& timestamp) const {
  WithNewTimestamp source(repository_, timestamp);
  const TrustOutcome outcome = refresh({keys_.root, {}, {}, {}}, source, now_);
  if (!outcome.fault) return {};
  return Error{ErrorKind::untrusted,
               "a kiosk would not accept this version: " + to_string(*outcome.fault) +
                   "; the version before stays as it is"};
}

}  // namespace conglang::server
