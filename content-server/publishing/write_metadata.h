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

JsonValue root_body(const MetadataHead& head, const RootKeys& keys);

// With the role "takedown" delegated for the path takedown/*.
JsonValue targets_body(const MetadataHead& head, const std::map<std::string, TargetFile>& files,
                       const JsonValue& takedown_key);

// The list of takedowns, in which nothing is hidden.
JsonValue empty_takedown_body(const MetadataHead& head);

JsonValue snapshot_body(const MetadataHead& head,
                        const std::map<std::string, FileVersion>& files);
JsonValue timestamp_body(const MetadataHead& head, const FileVersion& snapshot);

// The file: the body and a signature by each key.
std::string sign_metadata(const JsonValue& body, const Signers& signers);

// What another role states about such a file.
FileVersion file_version(std::int64_t version, std::string_view bytes);

}  // namespace conglang::server
