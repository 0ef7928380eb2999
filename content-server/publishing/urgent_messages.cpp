#include "content-server/publishing/urgent_messages.h"

#include <algorithm>
#include <utility>

#include "content-server/access/access_desk.h"
#include "content-server/publishing/message_templates.h"
#include "content-server/publishing/repository_files.h"
#include "content-server/publishing/write_metadata.h"
#include "playlists/trust/canonical_json.h"
#include "playlists/trust/metadata_file.h"
#include "playlists/trust/read_metadata.h"

namespace conglang::server {
namespace {

using std::chrono::minutes;

constexpr std::chrono::days kUrgentLife{365};
constexpr std::int64_t kMostMessageBytes = 64 << 10;
constexpr minutes kLeastLasting{5};

Result<std::vector<UrgentMessage>> read_messages(const OfficeRepository& repository,
                                                 const PublishedState& state, Instant now) {
  std::vector<UrgentMessage> messages;
  if (!state.urgent) return messages;
  for (const auto& [path, file] : state.urgent->files) {
    const auto bytes =
        read_file(repository.folder() / repository_path(file), kMostMessageBytes);
    if (!bytes) return bytes.error();
    auto message = read_urgent_message(*bytes);
    if (!message) return message.error();
    if (message->ends_at > now) messages.push_back(std::move(*message));
  }
  return messages;
}

Result<UrgentMessage> checked(const NewUrgentMessage& next, Instant now) {
  if (next.lasting < kLeastLasting || next.lasting > kMostUrgentLife) {
    return Error{ErrorKind::malformed, "lasting_minutes: must be 5 to 1440"};
  }
  for (const LocalizedText& text : {next.title, next.text.value_or(LocalizedText{})}) {
    if (has_open_field(text)) return open_field_error();
  }
  const Instant approved = std::chrono::floor<std::chrono::seconds>(now);
  UrgentMessage message{UrgentId(new_id(now)),  next.groups, next.title, next.text, approved,
                        approved + next.lasting};
  // As a kiosk reads it: what it would refuse is refused here.
  const auto read = read_urgent_message(write_urgent_message(message));
  if (!read) return read.error();
  return message;
}

Status end_messages(std::vector<UrgentMessage>& messages, const std::vector<UrgentId>& ids) {
  for (const UrgentId& id : ids) {
    const auto is_it = [&](const UrgentMessage& message) { return message.id == id; };
    if (std::erase_if(messages, is_it) > 0) continue;
    return Error{ErrorKind::missing, "urgent message " + id.text() + ": there is none now"};
  }
  return {};
}

// Everything that the approver's browser sent back, read again.
Result<std::vector<UrgentMessage>> read_signed(const UrgentApproval& approval,
                                               const TargetsMetadata& metadata) {
  const auto& documents = approval.candidate.documents;
  if (documents.size() != metadata.files.size() || documents.size() > kMostUrgentMessages) {
    return Error{ErrorKind::malformed, "documents: must be those that the body names"};
  }
  std::vector<UrgentMessage> messages;
  for (const auto& [path, bytes] : documents) {
    const auto named = metadata.files.find(path);
    if (named == metadata.files.end() || !(named->second == target_of(path, bytes))) {
      return Error{ErrorKind::malformed, path + ": is not what was signed for"};
    }
    auto message = read_urgent_message(bytes);
    if (!message) return message.error();
    if (path != urgent_path(message->id)) {
      return Error{ErrorKind::malformed, path + ": holds another message"};
    }
    messages.push_back(std::move(*message));
  }
  return messages;
}

Status check_signature(const PublishedState& state, const UrgentApproval& approval) {
  const auto key = state.root.keys.find(approval.key_id);
  const bool may = state.delegated_keys("urgent").contains(approval.key_id) &&
                   state.keys_of(Role::targets).contains(approval.key_id) &&
                   key != state.root.keys.end();
  if (may && is_signed_by(key->second, approval.candidate.body, approval.signature)) return {};
  return Error{ErrorKind::untrusted,
               "urgent message: it is not signed by a key that the screens trust with it",
               "bad-signature"};
}

}  // namespace

Result<std::vector<UrgentMessage>> urgent_messages(const OfficeRepository& repository,
                                                   Instant now) {
  const auto state = repository.published(now);
  if (!state) return state.error();
  return read_messages(repository, *state, now);
}

Result<UrgentCandidate> make_urgent_candidate(const OfficeRepository& repository,
                                              const UrgentChange& change, Instant now) {
  const auto state = repository.published(now);
  if (!state) return state.error();
  if (!state->targets) {
    return Error{ErrorKind::conflict, "urgent message: nothing is published yet",
                 "nothing-published"};
  }
  auto messages = read_messages(repository, *state, now);
  if (!messages) return messages.error();
  if (Status ended = end_messages(*messages, change.end); !ended) return ended.error();
  if (change.add) {
    auto message = checked(*change.add, now);
    if (!message) return message.error();
    messages->push_back(std::move(*message));
  }
  if (messages->size() > kMostUrgentMessages) {
    return Error{ErrorKind::too_large, "urgent message: there are 20 already"};
  }
  UrgentCandidate candidate;
  std::map<std::string, TargetFile> files;
  for (const UrgentMessage& message : *messages) {
    const std::string path = urgent_path(message.id);
    std::string bytes = write_urgent_message(message);
    files.emplace(path, target_of(path, bytes));
    candidate.documents.emplace(path, std::move(bytes));
  }
  auto body = canonical_json(
      delegated_body({next_version(state->versions.urgent, now),
                      std::chrono::floor<std::chrono::seconds>(now) + kUrgentLife},
                     files));
  if (!body) return body.error();
  candidate.body = std::move(*body);
  return candidate;
}

Result<std::vector<UrgentMessage>> approve_urgent(const PublishingDesk& desk,
                                                  const OfficeRepository& repository,
                                                  const UrgentApproval& approval) {
  const auto state = repository.published(desk.now);
  if (!state) return state.error();
  if (Status holds = check_signature(*state, approval); !holds) return holds.error();
  const auto body = parse_json(approval.candidate.body);
  if (!body) return body.error();
  const auto canonical = canonical_json(*body);
  if (!canonical || *canonical != approval.candidate.body) {
    return Error{ErrorKind::malformed, "body: must be in canonical form"};
  }
  const std::string metadata =
      metadata_with_signature(*body, approval.key_id, approval.signature);
  const auto urgent = read_signed_targets(metadata);
  if (!urgent) return urgent.error();
  auto messages = read_signed(approval, *urgent);
  if (!messages) return messages.error();
  JsonArray said;
  for (const UrgentMessage& message : *messages) {
    auto written = parse_json(write_urgent_message(message));
    if (!written) return written.error();
    said.push_back(std::move(*written));
  }
  Status noted = desk.note("urgent.approved", "urgent:" + std::to_string(urgent->version), {},
                           JsonObject{{"key_id", approval.key_id}, {"messages", said}});
  if (!noted) return noted.error();
  Status written = repository.write_urgent(metadata, approval.candidate.documents, desk.now);
  if (!written) return written.error();
  return messages;
}

}  // namespace conglang::server
