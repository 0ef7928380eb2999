#include "content-server/ops/backup_manifest.h"

#include <algorithm>
#include <array>

#include "playlists/base/json.h"
#include "playlists/base/object_reader.h"

namespace conglang::server {
namespace {

constexpr std::size_t kMostFiles = 1'000'000;

constexpr std::array<std::string_view, 3> kFiles{"office.sqlite", "audit.anchor",
                                                 "conglang.toml"};
constexpr std::array<std::string_view, 4> kFolders{"keys/", "tls/", "repository/", "assets/"};

bool is_plain_part(std::string_view part) {
  return !part.empty() && part != "." && part != ".." && std::ranges::none_of(part, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == 0x7F;
  });
}

void read_one(const JsonValue& value, const std::string& pointer, DocumentErrors& errors,
              BackupManifest& manifest) {
  ObjectReader reader(value, pointer, errors);
  const std::string name = reader.word("name");
  FileDigest digest;
  digest.length = reader.integer("length", {0, INT64_MAX});
  const Result<Sha256Digest> sha = parse_sha256(reader.word("sha256"));
  reader.finish();
  if (!sha.ok()) return reader.fault("sha256", sha.error().message);
  digest.sha256 = *sha;
  if (!may_be_in_backup(name)) return reader.fault("name", name + " has no place in a backup");
  if (!manifest.files.emplace(name, digest).second) reader.fault("name", name + " is twice");
}

}  // namespace

std::string write_manifest(const BackupManifest& manifest) {
  JsonArray files;
  for (const auto& [name, digest] : manifest.files) {
    files.push_back(
        JsonObject{{"name", name}, {"length", digest.length}, {"sha256", digest.sha256.hex()}});
  }
  return write_json(JsonObject{{"format", 1},
                               {"made_at", format_instant(manifest.made_at)},
                               {"program", manifest.program},
                               {"files", files}});
}

Result<BackupManifest> read_manifest(std::string_view bytes) {
  const Result<JsonValue> value =
      parse_json(bytes, {static_cast<std::size_t>(kMostManifestBytes), 8});
  const auto malformed = [](const std::string& why) {
    return Error{ErrorKind::malformed, std::string(kManifestName) + ": " + why};
  };
  if (!value.ok()) return malformed(value.error().message);
  DocumentErrors errors;
  BackupManifest manifest;
  ObjectReader reader(*value, "", errors);
  reader.integer("format", {1, 1});
  manifest.made_at = reader.optional_instant("made_at").value_or(Instant{});
  manifest.program = reader.text("program", 100);
  reader.list("files", {1, kMostFiles}, [&](const JsonValue& file, const std::string& pointer) {
    read_one(file, pointer, errors, manifest);
  });
  reader.finish();
  if (!errors.empty()) return malformed(errors.front().pointer + " " + errors.front().message);
  return manifest;
}

bool may_be_in_backup(std::string_view name) {
  if (std::ranges::find(kFiles, name) != kFiles.end()) return true;
  const bool is_below = std::ranges::any_of(
      kFolders, [&](std::string_view folder) { return name.starts_with(folder); });
  while (is_below) {
    const std::size_t slash = name.find('/');
    if (!is_plain_part(name.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    name.remove_prefix(slash + 1);
  }
  return false;
}

}  // namespace conglang::server
