#include "player/app/programme_keeper.h"

#include <utility>
#include <variant>

#include "player/store/trust_files.h"
#include "playlists/base/json.h"
#include "playlists/trust/read_metadata.h"

namespace conglang::player {
namespace {

// A kiosk that starts asks nobody: what it keeps is proven by what it keeps.
class NoRepository final : public MetadataSource {
 public:
  Result<std::string> read(std::string_view path, std::int64_t /*max_bytes*/) override {
    return Error{ErrorKind::missing, std::string(path) + ": not asked for yet"};
  }
};

std::int64_t version_of(const std::optional<LoadOutcome>& outcome) {
  return outcome && outcome->current ? outcome->current->version : 0;
}

void add_files(const std::optional<LoadedPublication>& loaded, std::vector<TargetFile>& files) {
  if (!loaded) return;
  for (const Asset& asset : loaded->publication.publication().assets) {
    const auto* file = std::get_if<PublishedFile>(&asset.file);
    if (file == nullptr) continue;
    files.push_back(
        {"assets/" + file->sha256.hex() + "." + file->extension, file->length, file->sha256});
  }
}

std::vector<TargetFile> files_of(const std::optional<LoadOutcome>& outcome) {
  std::vector<TargetFile> files;
  if (outcome) add_files(outcome->current, files);
  return files;
}

}  // namespace

LoadOutcome ProgrammeKeeper::load(MetadataSource& repository, const ClockReading& clock) {
  return load_publication(repository, &parts_.data, {parts_.pinned_root, parts_.group, clock});
}

LoadOutcome ProgrammeKeeper::start(const ClockReading& clock) {
  NoRepository nowhere;
  LoadOutcome outcome = load(nowhere, clock);
  outcome.faults.clear();
  shown_ = outcome;
  // The power went while its files were coming: it is taken once they are here.
  if (!parts_.store.missing(files_of(shown_)).empty()) found_ = outcome;
  return outcome;
}

KeeperLook ProgrammeKeeper::look(MetadataSource& repository, const ClockReading& clock) {
  LoadOutcome outcome = load(repository, clock);
  KeeperLook seen;
  seen.faults = outcome.faults;
  const std::int64_t newest = std::max(version_of(found_), version_of(shown_));
  if (outcome.current && outcome.current->version > newest) found_ = std::move(outcome);
  seen.has_news = found_.has_value();
  seen.needed = files_of(found_ ? found_ : shown_);
  return seen;
}

std::vector<TargetFile> ProgrammeKeeper::kept_files() const {
  std::vector<TargetFile> files = files_of(shown_);
  if (shown_) add_files(shown_->previous, files);
  return files;
}

LoadOutcome ProgrammeKeeper::adopt(const ClockReading& /*clock*/) {
  if (found_) shown_ = std::exchange(found_, std::nullopt);
  return *shown_;
}

std::int64_t ProgrammeKeeper::known_version() const {
  return std::max(version_of(found_), version_of(shown_));
}

std::int64_t ProgrammeKeeper::held_version() const {
  if (!shown_) return 0;
  if (shown_->current && parts_.store.missing(files_of(shown_)).empty()) {
    return shown_->current->version;
  }
  return shown_->previous ? shown_->previous->version : 0;
}

Result<RootMetadata> ProgrammeKeeper::root() const {
  TrustFiles files(parts_.data, sha256(std::string_view(parts_.pinned_root)));
  const auto kept = files.load_trust();
  const bool has_newer = kept && !kept->state.root.empty();
  const auto json = parse_json(has_newer ? kept->state.root : parts_.pinned_root);
  if (!json) return json.error();
  const JsonValue* body = json->find("signed");
  if (body == nullptr) return Error{ErrorKind::malformed, "root: has no signed part"};
  return read_root(*body);
}

}  // namespace conglang::player
