// What the targets role is to say next when one group shows another publication. Pure: the
// office composes it, and whoever signs it elsewhere composes it once more and compares.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "content-server/publishing/write_metadata.h"
#include "playlists/base/ids.h"
#include "playlists/base/result.h"
#include "playlists/publication/publication.h"
#include "playlists/trust/metadata_source.h"
#include "playlists/trust/verified_target.h"

namespace conglang::server {

inline constexpr std::chrono::days kTargetsLife(365);

struct NextTargets {
  MetadataHead head;
  GroupId group;
  std::string publication;  // the bytes that the group is to show
  Delegations delegations;
};

// The unsigned body in canonical form: the publication and its files, and of every other group
// what it shows in `published` (nullptr: nothing yet), read from `source`.
// Fails: malformed when a publication does not hold; as VerifiedTargets::read().
Result<std::string> next_targets_body(const NextTargets& next, const VerifiedTargets* published,
                                      MetadataSource& source);

// "publications/gate.json"
std::string publication_target(const GroupId& group);

// Fails: malformed, naming the place in the document.
Result<Publication> read_published_form(const std::string& bytes);

}  // namespace conglang::server
