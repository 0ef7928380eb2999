// One metadata file on its way to being trusted: its form, its signatures, its identity.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>

#include "playlists/trust/fault.h"
#include "playlists/trust/metadata.h"
#include "playlists/trust/metadata_source.h"
#include "playlists/trust/read_metadata.h"
#include "playlists/trust/signed_document.h"

namespace conglang {

// Bytes together with what they say, once the signatures were found good.
template <typename Metadata>
struct TrustedFile {
  std::string bytes;
  Metadata metadata;
};

template <typename Metadata>
using FileOrFault = std::variant<TrustedFile<Metadata>, Fault>;

// The file of one role, as the role that delegates to it describes it.
//
// Requires: what describes it outlives it.
struct RoleFile {
  std::string name;  // "timestamp", "takedown": as faults call it
  Role form = Role::targets;
  std::int64_t max_bytes = 0;
  std::string delegator;  // "root 3"
  const std::map<std::string, PublicKey>* keys = nullptr;
  const RoleKeys* needed = nullptr;
};

RoleFile role_file(const RootMetadata& root, Role role);

// `delegator` is the name and version of the role that `delegations` are of.
RoleFile role_file(const DelegatedRole& role, const Delegations& delegations,
                   std::string delegator);

inline Fault fault_of(TrustFault kind, const std::string& role, std::string message) {
  return {kind, role, std::move(message)};
}

inline Fault fault_of(TrustFault kind, Role role, std::string message) {
  return {kind, std::string(name_of(role)), std::move(message)};
}

// "metadata/timestamp.json", "metadata/7.snapshot.json"
std::string metadata_path(Role role, std::int64_t version);

// "metadata/7.takedown.json"; what is no plain letter, digit, '-', '_' or '.' of the name is
// written as %XX, so that no name leads elsewhere.
std::string metadata_path(const std::string& role, std::int64_t version);

// How the snapshot lists a role: "takedown.json".
std::string listed_name(const std::string& role);

// The bytes at `path`, bounded by the cap of the role.
std::variant<std::string, Fault> fetch(MetadataSource& source, const RoleFile& role,
                                       const std::string& path);

// Nothing when enough of the role's keys have signed it.
std::optional<Fault> check_signatures(const SignedDocument& document, const RoleFile& role);
std::optional<Fault> check_signatures(const SignedDocument& document, const RootMetadata& root,
                                      Role role);

// Nothing when the bytes are of the length and digest that `expected` states, if any.
// A file of another version that is signed well is named mix_and_match.
std::optional<Fault> check_identity(std::string_view bytes, const FileVersion& expected,
                                    const RoleFile& role);

// Whether these bytes of that version are what `expected` names.
bool is_expected(std::string_view bytes, std::int64_t version, const FileVersion& expected);

// The file as plain values, its signatures checked.
template <typename Metadata>
FileOrFault<Metadata> open_file(std::string bytes, const RoleFile& role,
                                Result<Metadata> (*read)(const JsonValue&)) {
  const Result<SignedDocument> document = read_signed_document(bytes, role.form);
  if (!document.ok()) {
    return fault_of(TrustFault::malformed, role.name, document.error().message);
  }
  if (auto fault = check_signatures(*document, role)) return *fault;
  Result<Metadata> metadata = read(document->body);
  if (!metadata.ok()) {
    return fault_of(TrustFault::malformed, role.name, metadata.error().message);
  }
  return TrustedFile<Metadata>{std::move(bytes), std::move(metadata).value()};
}

// The same for a role that the root delegates to.
template <typename Metadata>
FileOrFault<Metadata> open_file(std::string bytes, const RootMetadata& root, Role role,
                                Result<Metadata> (*read)(const JsonValue&)) {
  return open_file<Metadata>(std::move(bytes), role_file(root, role), read);
}

// Fetches what `expected` names and takes it through length, digest, signatures, version.
template <typename Metadata>
FileOrFault<Metadata> fetch_expected(MetadataSource& source, const FileVersion& expected,
                                     const RoleFile& role,
                                     Result<Metadata> (*read)(const JsonValue&)) {
  auto bytes = fetch(source, role, metadata_path(role.name, expected.version));
  if (const Fault* fault = std::get_if<Fault>(&bytes)) return *fault;
  std::string& text = std::get<std::string>(bytes);
  if (auto fault = check_identity(text, expected, role)) return *fault;
  FileOrFault<Metadata> opened = open_file<Metadata>(std::move(text), role, read);
  const auto* file = std::get_if<TrustedFile<Metadata>>(&opened);
  if (file != nullptr && file->metadata.version != expected.version) {
    return fault_of(TrustFault::mix_and_match, role.name,
                    "is version " + std::to_string(file->metadata.version) +
                        ", signed for is version " + std::to_string(expected.version));
  }
  return opened;
}

// "version 3 is older than 5"
std::string older_than(std::int64_t version, std::int64_t trusted);

// A root that its own keys have signed.
FileOrFault<RootMetadata> open_root(std::string bytes);

}  // namespace conglang
