// One metadata file on its way to being trusted: its form, its signatures, its identity.
#pragma once

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

inline Fault fault_of(TrustFault kind, Role role, std::string message) {
  return {kind, std::string(name_of(role)), std::move(message)};
}

// "metadata/timestamp.json", "metadata/7.snapshot.json"
std::string metadata_path(Role role, std::int64_t version);

// The bytes at `path`, bounded by the cap of the role.
std::variant<std::string, Fault> fetch(MetadataSource& source, Role role,
                                       const std::string& path);

// Nothing when the keys that `root` lists for `role` have signed enough.
std::optional<Fault> check_signatures(const SignedDocument& document, const RootMetadata& root,
                                      Role role);

// Nothing when the bytes are of the length and digest that `expected` states, if any.
// A file of another version that is signed well is named mix_and_match.
std::optional<Fault> check_identity(std::string_view bytes, const FileVersion& expected,
                                    const RootMetadata& root, Role role);

// The file as plain values, its signatures checked by `root`.
template <typename Metadata>
FileOrFault<Metadata> open_file(std::string bytes, const RootMetadata& root, Role role,
                                Result<Metadata> (*read)(const JsonValue&)) {
  const Result<SignedDocument> document = read_signed_document(bytes, role);
  if (!document.ok()) return fault_of(TrustFault::malformed, role, document.error().message);
  if (auto fault = check_signatures(*document, root, role)) return *fault;
  Result<Metadata> metadata = read(document->body);
  if (!metadata.ok()) return fault_of(TrustFault::malformed, role, metadata.error().message);
  return TrustedFile<Metadata>{std::move(bytes), std::move(metadata).value()};
}

// A root that its own keys have signed.
FileOrFault<RootMetadata> open_root(std::string bytes);

}  // namespace conglang
