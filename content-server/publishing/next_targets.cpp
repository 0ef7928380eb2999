#include "content-server/publishing/next_targets.h"

#include <map>
#include <utility>

#include "playlists/publication/publication_document.h"
#include "playlists/trust/canonical_json.h"

namespace conglang::server {
namespace {

using Files = std::map<std::string, TargetFile>;

void add_assets(const Publication& publication, Files& files) {
  for (const Asset& asset : publication.assets) {
    const auto* file = std::get_if<PublishedFile>(&asset.file);
    if (file == nullptr) continue;
    const std::string path = "assets/" + file->sha256.hex() + "." + file->extension;
    files.insert_or_assign(path, TargetFile{path, file->length, file->sha256});
  }
}

// Of all other groups: their publications and what those name.
Result<Files> files_of_others(const std::string& own, const VerifiedTargets* published,
                              MetadataSource& source) {
  Files files;
  if (published == nullptr) return files;
  for (const auto& [path, file] : published->files()) {
    if (!path.starts_with("publications/") || path == own) continue;
    const auto read = published->read(path, source);
    if (const Fault* fault = std::get_if<Fault>(&read)) return to_error(*fault);
    const Result<Publication> other =
        read_published_form(std::get<VerifiedTarget>(read).bytes());
    if (!other.ok()) return other.error();
    files.emplace(path, file);
    add_assets(*other, files);
  }
  return files;
}

}  // namespace

std::string publication_target(const GroupId& group) {
  return "publications/" + group.text() + ".json";
}

Result<Publication> read_published_form(const std::string& bytes) {
  auto read = PublicationDocument::read(bytes);
  if (const auto* errors = std::get_if<DocumentErrors>(&read)) {
    return Error{ErrorKind::malformed,
                 "publication: " + errors->front().pointer + ": " + errors->front().message};
  }
  return std::get<PublicationDocument>(read).publication();
}

Result<std::string> next_targets_body(const NextTargets& next, const VerifiedTargets* published,
                                      MetadataSource& source) {
  const std::string own = publication_target(next.group);
  auto files = files_of_others(own, published, source);
  if (!files.ok()) return files.error();
  const Result<Publication> publication = read_published_form(next.publication);
  if (!publication.ok()) return publication.error();
  add_assets(*publication, *files);
  files->insert_or_assign(own, target_of(own, next.publication));
  return canonical_json(targets_body(next.head, *files, next.delegations));
}

}  // namespace conglang::server
