// Publications of a group: found in what is signed for, and proven again from what is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "player/store/trust_files.h"
#include "playlists/base/ids.h"
#include "playlists/publication/verified_publication.h"
#include "playlists/trust/fault.h"
#include "playlists/trust/verified_target.h"

namespace conglang::player {

struct LoadedPublication {
  VerifiedPublication publication;
  std::int64_t version = 0;  // of the targets metadata that signs for it
};

using TargetOrFault = std::variant<VerifiedTarget, Fault>;
using LoadedOrFault = std::variant<LoadedPublication, Fault>;

// The path of what is signed for as the publication of the group; without a group, of the
// only one that is signed for.
std::variant<std::string, Fault> find_publication(const VerifiedTargets& targets,
                                                  const std::optional<GroupId>& group);

// The kept document, when it is what `targets` sign for.
TargetOrFault read_kept(const VerifiedTargets& targets, const KeptPublication& kept);

LoadedOrFault open_publication(const TargetOrFault& target, std::int64_t version);

// Proven by the newest root; nothing when that trusts its signer no longer.
std::optional<LoadedPublication> open_kept(const std::optional<KeptPublication>& kept,
                                           const std::string& newest_root, Instant now);

// "assets/<sha256>.<extension>" of each, as it is signed for.
std::vector<TargetFile> asset_files(const Publication& publication);

}  // namespace conglang::player
