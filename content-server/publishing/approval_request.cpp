#include "content-server/publishing/approval_request.h"

#include <utility>

#include "content-server/publishing/next_targets.h"
#include "content-server/publishing/repository_files.h"
#include "playlists/base/object_reader.h"
#include "playlists/publication/bounds.h"
#include "playlists/trust/metadata_file.h"

namespace conglang::server {
namespace {

constexpr std::int64_t kFormat = 1;
constexpr std::size_t kMostFiles = 4096;

// Reads what a kiosk would read, and remembers it.
class Gathering {
 public:
  Gathering(std::filesystem::path repository, std::map<std::string, std::string>& files)
      : repository_(std::move(repository)), files_(files) {}

  Status add(const std::string& path, std::int64_t max_bytes) {
    Result<std::string> bytes = read_file(repository_ / path, max_bytes);
    if (!bytes.ok()) return bytes.error();
    total_ += bytes->size();
    if (total_ > kMostApprovalBytes / 2) {  // escaping may double a text
      return Error{ErrorKind::too_large, "approval request: the office shows too much for one"};
    }
    files_.insert_or_assign(path, std::move(*bytes));
    return {};
  }

 private:
  std::filesystem::path repository_;
  std::map<std::string, std::string>& files_;
  std::size_t total_ = 0;
};

// The snapshot that the timestamp names.
Result<std::int64_t> snapshot_version(const std::string& timestamp) {
  const auto document = read_signed_document(timestamp, Role::timestamp);
  if (!document.ok()) return document.error();
  const auto stamp = read_timestamp(document->body);
  if (!stamp.ok()) return stamp.error();
  return stamp->snapshot.version;
}

Status gather_metadata(const PublishedState& state, Gathering& gathering,
                       const std::map<std::string, std::string>& files) {
  const std::string timestamp = metadata_path(Role::timestamp, 0);
  if (Status kept = gathering.add(timestamp, max_bytes(Role::timestamp)); !kept) return kept;
  const auto snapshot = snapshot_version(files.at(timestamp));
  if (!snapshot.ok()) return snapshot.error();
  Status kept =
      gathering.add(metadata_path(Role::snapshot, *snapshot), max_bytes(Role::snapshot));
  for (const auto& [name, file] : state.files) {
    if (!kept) return kept;
    kept = gathering.add("metadata/" + std::to_string(file.version) + "." + name,
                         max_bytes(Role::targets));
  }
  return kept;
}

void read_files(const JsonValue& body, ObjectReader& reader,
                std::map<std::string, std::string>& files) {
  (void)reader.object("files");
  const JsonValue* value = body.find("files");
  const JsonObject* object = value == nullptr ? nullptr : value->object();
  if (object == nullptr) return;
  if (object->size() > kMostFiles) reader.fault("files", "has too many members");
  for (const auto& [path, content] : *object) {
    if (content.string() == nullptr) {
      reader.fault("files", "must hold texts");
    } else {
      files.emplace(path, *content.string());
    }
  }
}

void read_key(const JsonValue& body, ObjectReader& reader, ApprovalRequest& request) {
  if (!reader.has("key")) return;
  (void)reader.object("key");
  auto key = read_locked_key(*body.find("key"));
  if (key.ok()) {
    request.key = *key;
  } else {
    reader.fault("key", key.error().message);
  }
}

}  // namespace

Result<ApprovalRequest> gather_approval_request(const Candidate& candidate,
                                                const GroupId& group,
                                                const OfficeRepository& repository,
                                                Instant now) {
  const auto state = repository.published(now);
  if (!state.ok()) return state.error();
  ApprovalRequest request{candidate.submission,  group, candidate.body,
                          candidate.publication, {},    std::nullopt};
  Gathering gathering(repository.folder(), request.files);
  for (std::int64_t version = 1; version <= state->root.version; ++version) {
    Status kept = gathering.add(metadata_path(Role::root, version), max_bytes(Role::root));
    if (!kept) return kept.error();
  }
  if (!state->targets) return request;
  if (Status kept = gather_metadata(*state, gathering, request.files); !kept) {
    return kept.error();
  }
  for (const auto& [path, file] : state->targets->files()) {
    if (!path.starts_with("publications/")) continue;
    Status kept =
        gathering.add(repository_path(file), static_cast<std::int64_t>(bounds::kDocumentBytes));
    if (!kept) return kept.error();
  }
  return request;
}

JsonValue write_approval_request(const ApprovalRequest& request) {
  JsonObject files;
  for (const auto& [path, bytes] : request.files) files.emplace_back(path, bytes);
  JsonObject object{{"format", kFormat},
                    {"submission", request.submission.text()},
                    {"group", request.group.text()},
                    {"body", request.body},
                    {"publication", request.publication},
                    {"files", std::move(files)}};
  if (request.key) object.emplace_back("key", write_locked_key(*request.key));
  return object;
}

Result<ApprovalRequest> read_approval_request(std::string_view bytes) {
  const auto json = parse_json(bytes, {.max_bytes = kMostApprovalBytes, .max_depth = 8});
  if (!json.ok()) {
    return Error{json.error().kind, "approval request: " + json.error().message};
  }
  DocumentErrors errors;
  ObjectReader reader(*json, "", errors);
  ApprovalRequest request;
  (void)reader.integer("format", {kFormat, kFormat});
  request.submission = reader.id<SubmissionId>("submission");
  request.group = reader.id<GroupId>("group");
  request.body = reader.word("body");
  request.publication = reader.word("publication");
  read_files(*json, reader, request.files);
  read_key(*json, reader, request);
  reader.finish();
  if (errors.empty()) return request;
  return Error{ErrorKind::malformed,
               "approval request: " + errors.front().pointer + ": " + errors.front().message};
}

}  // namespace conglang::server
