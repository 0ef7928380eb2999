#include "content-server/publishing/pack.h"

#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "content-server/publishing/key_folder.h"
#include "content-server/publishing/repository_files.h"
#include "playlists/publication/bounds.h"
#include "playlists/publication/publication_document.h"
#include "playlists/publication/write_publication.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr auto kMaxDocumentBytes = static_cast<std::int64_t>(bounds::kDocumentBytes);

void add_line(std::string& lines, const std::string& line) {
  if (!lines.empty()) lines += '\n';
  lines += line;
}

Result<PublicationDocument> read_document(const std::string& bytes, const fs::path& file) {
  auto read = PublicationDocument::read(bytes);
  if (auto* document = std::get_if<PublicationDocument>(&read)) return std::move(*document);
  std::string lines;
  for (const DocumentError& error : std::get<DocumentErrors>(read)) {
    add_line(lines, file.string() + ": " + error.pointer + ": " + error.message);
  }
  return Error{ErrorKind::malformed, lines};
}

Result<Publication> read_source(const fs::path& file) {
  const Result<std::string> bytes = read_file(file, kMaxDocumentBytes);
  if (!bytes.ok()) return bytes.error();
  const Result<PublicationDocument> document = read_document(*bytes, file);
  if (!document.ok()) return document.error();
  return document->publication();
}

// Puts digest and length in the place of each path.
Result<std::vector<FoundAsset>> find_assets(const AssetFiles& files, const fs::path& document,
                                            Publication& publication) {
  std::vector<FoundAsset> found;
  std::set<std::string> seen;
  std::string lines;
  for (std::size_t i = 0; i < publication.assets.size(); ++i) {
    Asset& asset = publication.assets[i];
    const std::string place = document.string() + ": /assets/" + std::to_string(i);
    const auto* source = std::get_if<SourceFile>(&asset.file);
    if (source == nullptr) {
      add_line(lines, place + ": is in the published form; pack takes the source form");
      continue;
    }
    Result<FoundAsset> file = files.find(asset.kind, source->path);
    if (!file.ok()) {
      add_line(lines, place + "/path: " + file.error().message);
      continue;
    }
    asset.file = file->file;
    if (seen.insert(asset_target(file->file).path).second) {
      found.push_back(std::move(file).value());
    }
  }
  if (!lines.empty()) return Error{ErrorKind::malformed, lines};
  return found;
}

// What the other groups of the repository show: their publications and what those name.
Result<std::map<std::string, TargetFile>> files_of_others(const VerifiedTargets& targets,
                                                          const PackOptions& options,
                                                          const GroupId& group) {
  std::map<std::string, TargetFile> kept;
  FolderSource source(options.repository);
  const std::string own = publication_target(group, "").path;
  for (const auto& [path, file] : targets.files()) {
    if (!path.starts_with("publications/") || path == own) continue;
    const auto target = targets.read(path, source);
    if (const Fault* fault = std::get_if<Fault>(&target)) return to_error(*fault);
    auto read = PublicationDocument::read(std::get<VerifiedTarget>(target).bytes());
    const auto* document = std::get_if<PublicationDocument>(&read);
    if (document == nullptr) {
      return Error{ErrorKind::malformed,
                   path + ": the publication of another group is damaged"};
    }
    kept.emplace(path, file);
    for (const Asset& asset : document->publication().assets) {
      const auto* published = std::get_if<PublishedFile>(&asset.file);
      const TargetFile* held =
          published == nullptr ? nullptr : targets.find(asset_target(*published).path);
      if (held != nullptr) kept.emplace(held->path, *held);
    }
  }
  return kept;
}

PackSummary summarize(const PackOptions& options, const CheckedSource& source,
                      const WrittenRelease& written) {
  PackSummary summary;
  summary.group = source.publication.group;
  summary.entries = source.publication.entries.size();
  for (const Playlist& playlist : source.publication.playlists) {
    summary.items += playlist.items.size();
  }
  summary.assets = source.assets.size();
  for (const FoundAsset& asset : source.assets) summary.asset_bytes += asset.file.length;
  summary.offline_until = *source.publication.offline_until;
  summary.written = written;
  summary.repository = options.repository;
  return summary;
}

}  // namespace

Result<CheckedSource> check_source(const PackOptions& options) {
  const fs::path document = options.source / "publication.json";
  Result<Publication> publication = read_source(document);
  if (!publication.ok()) return publication.error();
  const Result<AssetFiles> files = AssetFiles::open(options.source);
  if (!files.ok()) return files.error();
  Result<std::vector<FoundAsset>> assets = find_assets(*files, document, *publication);
  if (!assets.ok()) return assets.error();

  publication->approved_at = std::chrono::floor<std::chrono::seconds>(options.now);
  publication->offline_until = *publication->approved_at + options.offline;
  std::string published = write_json(write_publication(*publication), 1) + "\n";
  // Read again as a kiosk will: what it would refuse is never signed.
  const Result<PublicationDocument> again = read_document(published, document);
  if (!again.ok()) return again.error();
  return CheckedSource{std::move(publication).value(), std::move(published),
                       std::move(assets).value()};
}

Result<PackSummary> pack(const PackOptions& options, const CheckedSource& source,
                         const Secret& passphrase, const Progress& progress) {
  const Result<PackKeys> keys = open_keys(options.keys, passphrase);
  if (!keys.ok()) return keys.error();
  const auto state = inspect_repository(options.repository, keys->root, options.now);
  if (!state.ok()) return state.error();

  const GroupId& group = source.publication.group;
  NewRelease release{group, source.document, source.assets, {}};
  if (state->targets) {
    auto kept = files_of_others(*state->targets, options, group);
    if (!kept.ok()) return kept.error();
    release.kept = std::move(kept).value();
  }
  RepositoryWriter writer(options.repository, *keys, options.now);
  const Result<WrittenRelease> written = writer.publish(release, state->versions, progress);
  if (!written.ok()) return written.error();
  return summarize(options, source, *written);
}

std::string describe(const PackSummary& summary) {
  const auto count = [](auto number, const char* what) {
    return std::to_string(number) + " " + what;
  };
  return "packed " + summary.group.text() + ": " + count(summary.items, "items, ") +
         count(summary.entries, "entries, ") + count(summary.assets, "assets of ") +
         count(summary.asset_bytes, "bytes (") +
         count(summary.written.assets_written, "new, ") +
         count(summary.written.bytes_written, "bytes written)\n") + "version " +
         std::to_string(summary.written.version) + " in " + summary.repository.string() +
         "\nfresh until " + format_instant(summary.written.fresh_until) +
         ", plays without a server until " + format_instant(summary.offline_until) + "\n";
}

}  // namespace conglang::server
