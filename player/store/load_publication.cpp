#include "player/store/load_publication.h"

#include <map>
#include <utility>
#include <variant>

#include "player/store/trust_files.h"
#include "playlists/trust/refresh.h"
#include "playlists/trust/verified_target.h"

namespace conglang::player {
namespace {

constexpr std::string_view kPublicationsFolder = "publications/";

// The one kept document, under the name it would have in a repository.
class KeptDocument : public MetadataSource {
 public:
  KeptDocument(std::string path, const std::string& document)
      : path_(std::move(path)), document_(document) {}

  Result<std::string> read(std::string_view path, std::int64_t max_bytes) override {
    if (path != path_ || static_cast<std::int64_t>(document_.size()) > max_bytes) {
      return Error{ErrorKind::missing, std::string(path) + ": not kept"};
    }
    return document_;
  }

 private:
  std::string path_;
  const std::string& document_;
};

using TargetOrFault = std::variant<VerifiedTarget, Fault>;
using LoadedOrFault = std::variant<LoadedPublication, Fault>;
using PathOrFault = std::variant<std::string, Fault>;

// What is signed for as the publication of this kiosk.
PathOrFault find_publication(const VerifiedTargets& targets,
                             const std::optional<GroupId>& group) {
  if (group) return std::string(kPublicationsFolder) + group->text() + ".json";
  std::string only;
  for (const auto& [path, file] : targets.files()) {
    if (path.rfind(kPublicationsFolder, 0) != 0) continue;
    if (!only.empty()) {
      return Fault{TrustFault::missing, "targets",
                   "several publications are signed for, and no group was named"};
    }
    only = path;
  }
  if (!only.empty()) return only;
  return Fault{TrustFault::missing, "targets", "no publication is signed for"};
}

TargetOrFault read_kept(const VerifiedTargets& targets, const KeptPublication& kept) {
  const TargetFile* file = targets.find(kept.path);
  if (file == nullptr) return Fault{TrustFault::missing, kept.path, "is signed for no longer"};
  KeptDocument source(repository_path(*file), kept.document);
  return targets.read(kept.path, source);
}

LoadedOrFault open_target(const TargetOrFault& target, std::int64_t version) {
  if (const auto* fault = std::get_if<Fault>(&target)) return *fault;
  const auto& verified = std::get<VerifiedTarget>(target);
  auto publication = VerifiedPublication::open(verified);
  if (!publication) {
    return Fault{TrustFault::malformed, verified.path(), publication.error().message};
  }
  return LoadedPublication{std::move(*publication), version};
}

class Loader {
 public:
  Loader(MetadataSource& repository, StateFolder* data, const LoadRequest& request)
      : repository_(repository), request_(request) {
    if (data != nullptr) files_.emplace(*data, sha256(std::string_view(request.pinned_root)));
  }

  LoadOutcome run() {
    recall_memory();
    outcome_.now = believed_time(kept_.floor, request_.clock.now);
    const TrustOutcome trust = refresh(kept_.state, repository_, outcome_.now);
    newest_ = trust.including_expired;
    for (const Fault& fault : trust.discarded) {
      outcome_.memory_faults.push_back(to_error(fault));
    }
    if (trust.fault) outcome_.faults.push_back(*trust.fault);
    if (trust.targets) load_current(*trust.targets);
    if (!outcome_.current) outcome_.current = open_kept(publications_.current);
    outcome_.previous = open_kept(publications_.previous);
    remember();
    return std::move(outcome_);
  }

 private:
  void recall_memory() {
    kept_.state.root = request_.pinned_root;
    if (!files_) return;
    if (auto trust = files_->load_trust()) {
      kept_ = std::move(*trust);
      loaded_ = kept_;
    } else {
      tell(trust.error());
    }
    if (auto publications = files_->load_publications()) {
      publications_ = std::move(*publications);
    } else {
      tell(publications.error());
    }
  }

  // That nothing is kept yet is no fault.
  void tell(const Error& error) {
    if (error.kind != ErrorKind::missing) outcome_.memory_faults.push_back(error);
  }

  void load_current(const VerifiedTargets& targets) {
    const PathOrFault path = find_publication(targets, request_.group);
    if (const auto* fault = std::get_if<Fault>(&path)) return blame(*fault);
    const auto target = read_document(targets, std::get<std::string>(path));
    auto opened = open_target(target, targets.version());
    if (const auto* fault = std::get_if<Fault>(&opened)) return blame(*fault);
    outcome_.current = std::get<LoadedPublication>(std::move(opened));
    keep_current(std::get<VerifiedTarget>(target));
  }

  // From the repository, else the kept copy when that is what is signed for.
  TargetOrFault read_document(const VerifiedTargets& targets, const std::string& path) {
    auto target = targets.read(path, repository_);
    const auto* fault = std::get_if<Fault>(&target);
    if (fault == nullptr || !publications_.current || publications_.current->path != path) {
      return target;
    }
    auto kept = read_kept(targets, *publications_.current);
    if (std::holds_alternative<Fault>(kept)) return target;
    blame(*fault);
    return kept;
  }

  // One fault for one cause: without a repository its document is missing too.
  void blame(const Fault& fault) {
    const bool is_consequence = fault.kind == TrustFault::missing && !outcome_.faults.empty();
    if (!is_consequence) outcome_.faults.push_back(fault);
  }

  void keep_current(const VerifiedTarget& target) {
    KeptPublication fresh{newest_.targets, target.path(), target.bytes()};
    const auto& kept = publications_.current;
    const bool is_same_document = kept && kept->document == fresh.document;
    if (kept && *kept == fresh) return;
    if (kept && !is_same_document) publications_.previous = std::move(publications_.current);
    publications_.current = std::move(fresh);
    are_publications_new_ = true;
  }

  std::optional<LoadedPublication> open_kept(const std::optional<KeptPublication>& kept) {
    if (!kept) return std::nullopt;
    TrustedState state;
    state.root = newest_.root;
    state.targets = kept->targets;
    const TrustOutcome recalled = recall(state, outcome_.now);
    if (!recalled.targets) return std::nullopt;
    auto opened = open_target(read_kept(*recalled.targets, *kept), recalled.targets->version());
    if (std::holds_alternative<Fault>(opened)) return std::nullopt;
    return std::get<LoadedPublication>(std::move(opened));
  }

  void remember() {
    Instant floor = kept_.floor;
    if (outcome_.current) {
      const auto& approved_at = outcome_.current->publication.publication().approved_at;
      if (approved_at) floor = raise_floor(floor, *approved_at, request_.clock);
    }
    outcome_.floor = floor;
    outcome_.now = believed_time(floor, request_.clock.now);
    if (!files_) return;
    // Publications first: with the old trust beside them, the next start only asks again.
    if (are_publications_new_) keep(files_->save_publications(publications_));
    const KeptTrust trust{newest_, floor};
    if (!loaded_ || *loaded_ != trust) keep(files_->save_trust(trust));
  }

  void keep(const Status& saved) {
    if (!saved) outcome_.memory_faults.push_back(saved.error());
  }

  MetadataSource& repository_;
  const LoadRequest& request_;
  std::optional<TrustFiles> files_;
  KeptTrust kept_;
  std::optional<KeptTrust> loaded_;
  KeptPublications publications_;
  bool are_publications_new_ = false;
  TrustedState newest_;
  LoadOutcome outcome_;
};

}  // namespace

LoadOutcome load_publication(MetadataSource& repository, StateFolder* data,
                             const LoadRequest& request) {
  return Loader(repository, data, request).run();
}

AssetPaths find_assets(const RepositoryFiles& repository, const LoadOutcome& outcome) {
  AssetPaths paths;
  for (const auto* loaded : {&outcome.current, &outcome.previous}) {
    if (!*loaded) continue;
    paths.merge(repository.find_assets((*loaded)->publication.publication()));
  }
  return paths;
}

}  // namespace conglang::player
