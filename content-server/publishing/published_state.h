// What the office's repository says now, read as a kiosk reads it.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "content-server/publishing/renewal.h"
#include "content-server/publishing/repository_state.h"
#include "playlists/base/ids.h"
#include "playlists/base/json.h"
#include "playlists/base/result.h"
#include "playlists/trust/metadata.h"

namespace conglang::server {

// One file of a delegated role, as it was published.
struct DelegatedFile {
  std::int64_t version = 0;
  Instant expires{};
  std::map<std::string, TargetFile> files;
};

struct PublishedState {
  std::string root_bytes;
  RootMetadata root;
  RoleVersions versions;                     // the highest that lie there; 0 for none
  std::optional<VerifiedTargets> targets;    // nothing before the first release
  JsonValue targets_body;                    // the whole signed part, delegations included
  std::map<std::string, FileVersion> files;  // that the snapshot names
  OnlineLives lives;
  std::optional<DelegatedFile> takedown, urgent;

  std::int64_t version() const { return targets ? targets->version() : 0; }
  std::set<std::string> keys_of(Role role) const { return root.roles.at(role).key_ids; }
  std::set<std::string> delegated_keys(const std::string& role) const;
};

// Fails: missing before the first root is there; untrusted when what is published does not
// hold; storage.
Result<PublishedState> read_published(const std::filesystem::path& repository, Instant now);

// The bytes of a group's publication; nothing when the group shows nothing yet.
// Fails: untrusted when they are not those that were signed for.
Result<std::optional<std::string>> read_publication(const std::filesystem::path& repository,
                                                    const PublishedState& state,
                                                    const GroupId& group);

// A metadata file of the role targets, or of one that it delegates to; signatures are not
// looked at. Fails: malformed.
Result<TargetsMetadata> read_signed_targets(const std::string& bytes);

// "targets" -> "metadata/7.targets.json"
std::string metadata_name(const std::string& role, std::int64_t version);

}  // namespace conglang::server
