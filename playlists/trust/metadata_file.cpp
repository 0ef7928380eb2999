#include "playlists/trust/metadata_file.h"

#include "playlists/base/sha256.h"

namespace conglang {
namespace {

bool is_signed_with_other_version(std::string_view bytes, const FileVersion& expected,
                                  const RootMetadata& root, Role role) {
  const Result<SignedDocument> document = read_signed_document(bytes, role);
  if (!document.ok() || check_signatures(*document, root, role)) return false;
  const JsonValue* version = document->body.find("version");
  return version != nullptr && version->integer() != nullptr &&
         *version->integer() != expected.version;
}

std::optional<Fault> check_bytes(std::string_view bytes, const FileVersion& expected,
                                 Role role) {
  const auto length = static_cast<std::int64_t>(bytes.size());
  if (expected.length && *expected.length != length) {
    return fault_of(TrustFault::wrong_length, role,
                    "has " + std::to_string(length) + " bytes, signed for are " +
                        std::to_string(*expected.length));
  }
  if (expected.sha256 && *expected.sha256 != sha256(bytes)) {
    return fault_of(TrustFault::wrong_hash, role, "its bytes are not those signed for");
  }
  return std::nullopt;
}

}  // namespace

std::string metadata_path(Role role, std::int64_t version) {
  const std::string name = std::string(name_of(role)) + ".json";
  if (role == Role::timestamp) return "metadata/" + name;
  return "metadata/" + std::to_string(version) + "." + name;
}

std::variant<std::string, Fault> fetch(MetadataSource& source, Role role,
                                       const std::string& path) {
  const std::int64_t cap = max_bytes(role);
  Result<std::string> bytes = source.read(path, cap);
  if (bytes.ok() && static_cast<std::int64_t>(bytes->size()) <= cap) {
    return std::move(bytes).value();
  }
  if (bytes.ok() || bytes.error().kind == ErrorKind::too_large) {
    return fault_of(TrustFault::endless_data, role,
                    path + " is longer than " + std::to_string(cap) + " bytes");
  }
  return fault_of(TrustFault::missing, role, bytes.error().message);
}

std::optional<Fault> check_signatures(const SignedDocument& document, const RootMetadata& root,
                                      Role role) {
  const std::int64_t threshold = root.roles.at(role).threshold;
  const std::int64_t good = count_signatures(document, root, role);
  if (good >= threshold) return std::nullopt;
  return fault_of(TrustFault::bad_signature, role,
                  std::to_string(good) + " good signatures of the keys in root " +
                      std::to_string(root.version) + ", needed are " +
                      std::to_string(threshold));
}

std::optional<Fault> check_identity(std::string_view bytes, const FileVersion& expected,
                                    const RootMetadata& root, Role role) {
  std::optional<Fault> fault = check_bytes(bytes, expected, role);
  if (fault && is_signed_with_other_version(bytes, expected, root, role)) {
    return fault_of(TrustFault::mix_and_match, role,
                    "is not version " + std::to_string(expected.version) + " as signed for");
  }
  return fault;
}

FileOrFault<RootMetadata> open_root(std::string bytes) {
  const Result<SignedDocument> document = read_signed_document(bytes, Role::root);
  if (!document.ok()) {
    return fault_of(TrustFault::malformed, Role::root, document.error().message);
  }
  Result<RootMetadata> root = read_root(document->body);
  if (!root.ok()) return fault_of(TrustFault::malformed, Role::root, root.error().message);
  if (auto fault = check_signatures(*document, *root, Role::root)) return *fault;
  return TrustedFile<RootMetadata>{std::move(bytes), std::move(root).value()};
}

}  // namespace conglang
