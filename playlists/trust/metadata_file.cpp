#include "playlists/trust/metadata_file.h"

#include "playlists/base/sha256.h"

namespace conglang {
namespace {

bool is_signed_with_other_version(std::string_view bytes, const FileVersion& expected,
                                  const RoleFile& role) {
  const Result<SignedDocument> document = read_signed_document(bytes, role.form);
  if (!document.ok() || check_signatures(*document, role)) return false;
  const JsonValue* version = document->body.find("version");
  return version != nullptr && version->integer() != nullptr &&
         *version->integer() != expected.version;
}

std::optional<Fault> check_bytes(std::string_view bytes, const FileVersion& expected,
                                 const RoleFile& role) {
  const auto length = static_cast<std::int64_t>(bytes.size());
  if (expected.length && *expected.length != length) {
    return fault_of(TrustFault::wrong_length, role.name,
                    "has " + std::to_string(length) + " bytes, signed for are " +
                        std::to_string(*expected.length));
  }
  if (expected.sha256 && *expected.sha256 != sha256(bytes)) {
    return fault_of(TrustFault::wrong_hash, role.name, "its bytes are not those signed for");
  }
  return std::nullopt;
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         c == '-' || c == '_' || c == '.';
}

// As other implementations write a role's name into a path.
std::string encoded(const std::string& name) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string plain;
  for (const char c : name) {
    if (is_plain(c)) {
      plain += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    plain += '%';
    plain += kDigits[byte >> 4];
    plain += kDigits[byte & 15];
  }
  return plain;
}

}  // namespace

RoleFile role_file(const RootMetadata& root, Role role) {
  return {std::string(name_of(role)),
          role,
          max_bytes(role),
          "root " + std::to_string(root.version),
          &root.keys,
          &root.roles.at(role)};
}

RoleFile role_file(const DelegatedRole& role, const Delegations& delegations,
                   std::string delegator) {
  return {role.name,         Role::targets, kMaxDelegatedBytes, std::move(delegator),
          &delegations.keys, &role.keys};
}

std::string metadata_path(Role role, std::int64_t version) {
  return metadata_path(std::string(name_of(role)), version);
}

std::string metadata_path(const std::string& role, std::int64_t version) {
  const std::string name = encoded(role) + ".json";
  if (role == name_of(Role::timestamp)) return "metadata/" + name;
  return "metadata/" + std::to_string(version) + "." + name;
}

std::string listed_name(const std::string& role) { return role + ".json"; }

std::variant<std::string, Fault> fetch(MetadataSource& source, const RoleFile& role,
                                       const std::string& path) {
  const std::int64_t cap = role.max_bytes;
  Result<std::string> bytes = source.read(path, cap);
  if (bytes.ok() && static_cast<std::int64_t>(bytes->size()) <= cap) {
    return std::move(bytes).value();
  }
  if (bytes.ok() || bytes.error().kind == ErrorKind::too_large) {
    return fault_of(TrustFault::endless_data, role.name,
                    path + " is longer than " + std::to_string(cap) + " bytes");
  }
  return fault_of(TrustFault::missing, role.name, bytes.error().message);
}

std::optional<Fault> check_signatures(const SignedDocument& document, const RoleFile& role) {
  const std::int64_t threshold = role.needed->threshold;
  const std::int64_t good = count_signatures(document, *role.keys, *role.needed);
  if (good >= threshold) return std::nullopt;
  return fault_of(TrustFault::bad_signature, role.name,
                  std::to_string(good) + " good signatures of the keys in " + role.delegator +
                      ", needed are " + std::to_string(threshold));
}

std::optional<Fault> check_signatures(const SignedDocument& document, const RootMetadata& root,
                                      Role role) {
  return check_signatures(document, role_file(root, role));
}

std::optional<Fault> check_identity(std::string_view bytes, const FileVersion& expected,
                                    const RoleFile& role) {
  std::optional<Fault> fault = check_bytes(bytes, expected, role);
  if (fault && is_signed_with_other_version(bytes, expected, role)) {
    return fault_of(TrustFault::mix_and_match, role.name,
                    "is not version " + std::to_string(expected.version) + " as signed for");
  }
  return fault;
}

bool is_expected(std::string_view bytes, std::int64_t version, const FileVersion& expected) {
  if (version != expected.version) return false;
  const auto length = static_cast<std::int64_t>(bytes.size());
  if (expected.length && *expected.length != length) return false;
  return !expected.sha256 || *expected.sha256 == sha256(bytes);
}

std::string older_than(std::int64_t version, std::int64_t trusted) {
  return "version " + std::to_string(version) + " is older than " + std::to_string(trusted);
}

FileOrFault<RootMetadata> open_root(std::string bytes) {
  const Result<SignedDocument> document = read_signed_document(bytes, Role::root);
  if (!document.ok()) {
    return fault_of(TrustFault::malformed, Role::root, document.error().message);
  }
  Result<RootMetadata> root = read_root(document->body);
  if (!root.ok()) return fault_of(TrustFault::malformed, Role::root, root.error().message);
  if (auto fault = check_signatures(*document, role_file(*root, Role::root))) return *fault;
  return TrustedFile<RootMetadata>{std::move(bytes), std::move(root).value()};
}

}  // namespace conglang
