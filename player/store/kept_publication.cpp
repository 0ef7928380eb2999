#include "player/store/kept_publication.h"

#include <utility>

#include "player/store/kept_document.h"
#include "playlists/trust/refresh.h"

namespace conglang::player {
namespace {

constexpr std::string_view kPublicationsFolder = "publications/";

}  // namespace

std::variant<std::string, Fault> find_publication(const VerifiedTargets& targets,
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
  KeptDocument source(*file, kept.document);
  return targets.read(kept.path, source);
}

LoadedOrFault open_publication(const TargetOrFault& target, std::int64_t version) {
  if (const auto* fault = std::get_if<Fault>(&target)) return *fault;
  const auto& verified = std::get<VerifiedTarget>(target);
  auto publication = VerifiedPublication::open(verified);
  if (!publication) {
    return Fault{TrustFault::malformed, verified.path(), publication.error().message};
  }
  return LoadedPublication{std::move(*publication), version};
}

std::optional<LoadedPublication> open_kept(const std::optional<KeptPublication>& kept,
                                           const std::string& newest_root, Instant now) {
  if (!kept) return std::nullopt;
  TrustedState state;
  state.root = newest_root;
  state.targets = kept->targets;
  const TrustOutcome recalled = recall(state, now);
  if (!recalled.targets) return std::nullopt;
  auto opened =
      open_publication(read_kept(*recalled.targets, *kept), recalled.targets->version());
  if (std::holds_alternative<Fault>(opened)) return std::nullopt;
  return std::get<LoadedPublication>(std::move(opened));
}

std::vector<TargetFile> asset_files(const Publication& publication) {
  std::vector<TargetFile> files;
  for (const Asset& asset : publication.assets) {
    const auto* file = std::get_if<PublishedFile>(&asset.file);
    if (file == nullptr) continue;
    files.push_back(
        {"assets/" + file->sha256.hex() + "." + file->extension, file->length, file->sha256});
  }
  return files;
}

}  // namespace conglang::player
