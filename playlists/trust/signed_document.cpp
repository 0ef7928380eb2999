#include "playlists/trust/signed_document.h"

#include <set>

#include "playlists/trust/canonical_json.h"
#include "playlists/trust/field_reader.h"

namespace conglang {
namespace {

// Chosen: our own files have a depth of 5; delegations of others add a few.
constexpr int kMaxDepth = 32;

void read_signatures(FieldReader& fields, const JsonValue& envelope,
                     std::map<std::string, std::string>& signatures) {
  for (const JsonValue& signature : fields.array(envelope, "signatures")) {
    std::string key_id = fields.string(signature, "keyid");
    signatures.emplace(std::move(key_id), fields.string(signature, "sig"));
  }
}

void check_kind(FieldReader& fields, const JsonValue& body, Role role) {
  if (fields.string(body, "_type") != name_of(role)) {
    fields.refuse("\"_type\" must be \"" + std::string(name_of(role)) + "\"");
  }
  if (!fields.string(body, "spec_version").starts_with("1.")) {
    fields.refuse("\"spec_version\" must be 1.x");
  }
}

}  // namespace

Result<SignedDocument> read_signed_document(std::string_view bytes, Role role) {
  const JsonLimits limits{static_cast<std::size_t>(max_bytes(role)), kMaxDepth};
  const Result<JsonValue> envelope = parse_json(bytes, limits);
  if (!envelope.ok()) return Error{ErrorKind::malformed, envelope.error().message};

  FieldReader fields;
  SignedDocument document;
  document.body = fields.object(*envelope, "signed");
  read_signatures(fields, *envelope, document.signatures);
  check_kind(fields, document.body, role);
  if (const Status status = fields.status(); !status.ok()) return status.error();

  Result<std::string> canonical = canonical_json(document.body);
  if (!canonical.ok()) return canonical.error();
  document.canonical = std::move(canonical).value();
  return document;
}

std::int64_t count_signatures(const SignedDocument& document, const RootMetadata& root,
                              Role role) {
  return count_signatures(document, root.keys, root.roles.at(role));
}

std::int64_t count_signatures(const SignedDocument& document,
                              const std::map<std::string, PublicKey>& keys,
                              const RoleKeys& needed) {
  // Counted by the key itself: the same key under two ids is one signer.
  std::set<std::array<std::uint8_t, 32>> signers;
  for (const std::string& key_id : needed.key_ids) {
    const auto key = keys.find(key_id);
    const auto signature = document.signatures.find(key_id);
    if (key == keys.end() || signature == document.signatures.end()) continue;
    if (is_signed_by(key->second, document.canonical, signature->second)) {
      signers.insert(key->second.bytes);
    }
  }
  return static_cast<std::int64_t>(signers.size());
}

}  // namespace conglang
