// Makes the metadata files of a repository: bodies in TUF's form, and signatures.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "content-server/publishing/signing_key.h"
#include "playlists/base/json.h"
#include "playlists/base/time.h"
#include "playlists/trust/metadata.h"

namespace conglang::server {

using Signers = std::vector<std::reference_wrapper<const SigningKey>>;

struct MetadataHead {
  std::int64_t version = 1;
  Instant expires{};
};

// Who may sign for what, for a root of our own making.
struct RootKeys {
  std::vector<JsonValue> root;  // any one of them suffices
  JsonValue targets;
  JsonValue snapshot;
  JsonValue timestamp;
};

// Whom the targets role trusts with what: the server with hiding, the approvers with urgent
// messages.
struct Delegations {
  JsonValue takedown;
  std::vector<JsonValue> urgent;
};

JsonValue root_body(const MetadataHead& head, const RootKeys& keys);

// The same of a root as it was read and, perhaps, changed.
// Requires: every key of it can verify.
JsonValue root_body(const RootMetadata& root);

// With the roles "takedown" (takedown/*) and, when it has keys, "urgent" (urgent/*).
JsonValue targets_body(const MetadataHead& head, const std::map<std::string, TargetFile>& files,
                       const Delegations& delegations);

// Of a delegated role, which delegates nothing itself.
JsonValue delegated_body(const MetadataHead& head,
                         const std::map<std::string, TargetFile>& files);

JsonValue snapshot_body(const MetadataHead& head,
                        const std::map<std::string, FileVersion>& files);
JsonValue timestamp_body(const MetadataHead& head, const FileVersion& snapshot);

// The file: the body and a signature by each key.
std::string sign_metadata(const JsonValue& body, const Signers& signers);

// The same for a signature that somebody else made.
std::string metadata_with_signature(const JsonValue& body, const std::string& key_id,
                                    const std::string& signature);

// What a targets role states about a file.
TargetFile target_of(const std::string& path, std::string_view bytes);

// What another role states about such a file.
FileVersion file_version(std::int64_t version, std::string_view bytes);

}  // namespace conglang::server
