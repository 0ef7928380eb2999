// How the office's root begins and changes; see office_repository.h.
#include <unistd.h>

#include <system_error>

#include "content-server/publishing/office_repository.h"
#include "content-server/publishing/repository_files.h"
#include "content-server/publishing/repository_lock.h"
#include "playlists/trust/metadata_file.h"
#include "playlists/trust/refresh.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRootChange = "root-change.json";

// The repository with another root and another timestamp in front of it.
class AsItWillBe : public FolderSource {
 public:
  AsItWillBe(fs::path repository, std::map<std::string, std::string> files)
      : FolderSource(std::move(repository)), files_(std::move(files)) {}

  Result<std::string> read(std::string_view path, std::int64_t max_bytes) override {
    const auto found = files_.find(std::string(path));
    if (found != files_.end()) return found->second;
    return FolderSource::read(path, max_bytes);
  }

 private:
  std::map<std::string, std::string> files_;
};

Result<RootMetadata> open_next_root(const std::string& bytes, const PublishedState& state) {
  auto opened = open_root(bytes);
  if (const Fault* fault = std::get_if<Fault>(&opened)) return to_error(*fault);
  RootMetadata next = std::get<TrustedFile<RootMetadata>>(std::move(opened)).metadata;
  if (next.version != state.root.version + 1) {
    return Error{ErrorKind::conflict,
                 "root: version " + std::to_string(next.version) + " does not follow " +
                     std::to_string(state.root.version),
                 "stale-root"};
  }
  const Result<SignedDocument> document = read_signed_document(bytes, Role::root);
  if (!document.ok()) return document.error();
  if (const auto fault = check_signatures(*document, state.root, Role::root)) {
    return to_error(*fault);
  }
  return next;
}

}  // namespace

Result<Sha256Digest> OfficeRepository::begin(const std::string& root) const {
  auto opened = open_root(root);
  if (const Fault* fault = std::get_if<Fault>(&opened)) return to_error(*fault);
  if (std::get<TrustedFile<RootMetadata>>(opened).metadata.version != 1) {
    return Error{ErrorKind::untrusted, "root: the first root must be version 1", "first-root"};
  }
  if (Status made = make_folders(folder() / "metadata"); !made.ok()) return made.error();
  const auto lock = RepositoryLock::take(data_ / "repository.lock");
  if (!lock.ok()) return lock.error();
  std::error_code error;
  const fs::path place = folder() / metadata_name("root", 1);
  const Result<std::string> present = read_file(place, max_bytes(Role::root));
  if (present.ok() && *present == root) return sha256(std::string_view(root));
  if (fs::exists(folder() / "metadata/timestamp.json", error) ||
      fs::exists(folder() / metadata_name("root", 2), error)) {
    return Error{ErrorKind::conflict, "root: this repository has begun with another root",
                 "root-exists"};
  }
  if (Status kept = replace_file(place, root); !kept.ok()) return kept.error();
  return sha256(std::string_view(root));
}

Status OfficeRepository::accept_root(const std::string& bytes, Instant now) const {
  const auto lock = RepositoryLock::take(data_ / "repository.lock");
  if (!lock.ok()) return lock.error();
  if (Status finished = finish_root_change(); !finished.ok()) return finished;
  Result<PublishedState> state = published(now);
  if (!state.ok()) return state.error();
  const Result<RootMetadata> next = open_next_root(bytes, *state);
  if (!next.ok()) return next.error();
  const std::string name = metadata_name("root", next->version);
  const std::string before = state->root_bytes;
  state->root = *next;
  state->root_bytes = bytes;
  if (!state->targets) return replace_file(folder() / name, bytes);

  const Result<std::string> timestamp = write_snapshot(*state, {}, now);
  if (!timestamp.ok()) return timestamp.error();
  AsItWillBe source(folder(), {{name, bytes}, {"metadata/timestamp.json", *timestamp}});
  const TrustOutcome outcome = refresh({before, {}, {}, {}}, source, now);
  if (outcome.fault) {
    return Error{ErrorKind::conflict,
                 "root: what is published would no longer be trusted under it (" +
                     to_string(*outcome.fault) + "); a key that stays must approve first",
                 "needs-approval"};
  }
  // Both files or none, also when the power goes between them.
  const JsonObject change{{"root", name}, {"bytes", bytes}, {"timestamp", *timestamp}};
  Status noted = replace_file(data_ / kRootChange, write_json(change), 0600);
  if (!noted.ok()) return noted;
  return finish_root_change();
}

Status OfficeRepository::finish_root_change() const {
  const Result<std::string> noted = read_file(data_ / kRootChange, 4 << 20);
  if (!noted.ok() && noted.error().kind == ErrorKind::missing) return {};
  if (!noted.ok()) return noted.error();
  const Result<JsonValue> change = parse_json(*noted);
  const auto text = [&](const char* name) -> const std::string* {
    const JsonValue* value = change.ok() ? change->find(name) : nullptr;
    return value == nullptr ? nullptr : value->string();
  };
  const std::string *root = text("root"), *bytes = text("bytes"),
                    *timestamp = text("timestamp");
  if (root == nullptr || bytes == nullptr || timestamp == nullptr) {
    return Error{ErrorKind::storage, (data_ / kRootChange).string() + ": is damaged"};
  }
  if (Status kept = replace_file(folder() / *root, *bytes); !kept.ok()) return kept;
  Status kept = replace_file(folder() / "metadata/timestamp.json", *timestamp);
  if (!kept.ok()) return kept;
  ::unlink((data_ / kRootChange).c_str());
  return {};
}

}  // namespace conglang::server
