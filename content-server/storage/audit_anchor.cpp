#include "content-server/storage/audit_anchor.h"

#include "content-server/publishing/repository_files.h"
#include "playlists/base/json.h"
#include "playlists/base/object_reader.h"

namespace conglang::server {
namespace {

constexpr std::int64_t kMostBytes = 1024;

Error malformed(const std::filesystem::path& file, const std::string& why) {
  return {ErrorKind::malformed, file.string() + ": " + why};
}

}  // namespace

Result<std::optional<AuditAnchor>> read_audit_anchor(const std::filesystem::path& file) {
  const Result<std::string> bytes = read_file(file, kMostBytes);
  if (!bytes.ok() && bytes.error().kind == ErrorKind::missing) {
    return std::optional<AuditAnchor>();
  }
  if (!bytes.ok()) return bytes.error();
  const Result<JsonValue> value = parse_json(*bytes);
  if (!value.ok()) return malformed(file, value.error().message);

  DocumentErrors errors;
  ObjectReader reader(*value, "", errors);
  reader.integer("format", {1, 1});
  AuditAnchor anchor;
  anchor.number = reader.integer("number", {1, INT64_MAX});
  const Result<Sha256Digest> digest = parse_sha256(reader.word("digest"));
  reader.finish();
  if (!errors.empty()) return malformed(file, errors.front().message);
  if (!digest.ok()) return malformed(file, digest.error().message);
  anchor.digest = *digest;
  return std::optional(anchor);
}

Status write_audit_anchor(const std::filesystem::path& file, const AuditAnchor& anchor) {
  const JsonObject document{
      {"format", 1}, {"number", anchor.number}, {"digest", anchor.digest.hex()}};
  return replace_file(file, write_json(JsonValue(document)) + "\n", 0600);
}

}  // namespace conglang::server
