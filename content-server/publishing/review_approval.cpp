// What a signature would do, found without believing the office; see approval_request.h.
#include <chrono>
#include <utility>

#include "content-server/publishing/approval_difference.h"
#include "content-server/publishing/approval_request.h"
#include "content-server/publishing/next_targets.h"
#include "playlists/trust/canonical_json.h"
#include "playlists/trust/metadata_file.h"

namespace conglang::server {
namespace {

// Chosen: two clocks of one office are never further apart. What an approver signs raises
// kiosks' floor of time for ever, and versions never go back.
constexpr std::chrono::hours kClocksApart{24};

class CarriedFiles : public MetadataSource {
 public:
  explicit CarriedFiles(const std::map<std::string, std::string>& files) : files_(files) {}

  Result<std::string> read(std::string_view path, std::int64_t max_bytes) override {
    const auto found = files_.find(std::string(path));
    if (found == files_.end()) {
      return Error{ErrorKind::missing, std::string(path) + ": is not in the request"};
    }
    if (static_cast<std::int64_t>(found->second.size()) > max_bytes) {
      return Error{ErrorKind::too_large, std::string(path) + ": is too long"};
    }
    return found->second;
  }

 private:
  const std::map<std::string, std::string>& files_;
};

Error not_the_office(const std::string& why) {
  return {ErrorKind::untrusted,
          "approval request: what it says is shown now does not hold (" + why + ")", "office"};
}

Error more_than_shown(const std::string& what) {
  return {ErrorKind::untrusted,
          "approval request: a signature would do more than the differences say: " + what,
          "more-than-shown"};
}

// What is published by what the approver has seen before, and nothing older.
Result<TrustOutcome> published_now(CarriedFiles& source, const TrustedState& trusted,
                                   bool is_first, Instant now) {
  TrustOutcome outcome = refresh(trusted, source, now);
  // Under a newer root, what a revoked key has signed counts no more: that is no fault.
  const bool is_same_root = outcome.state.root == trusted.root;
  if (is_same_root && !outcome.discarded.empty()) {
    return not_the_office(to_string(outcome.discarded.front()));
  }
  if (is_first && trusted.targets.empty()) return outcome;  // its root chain was walked
  if (outcome.fault) return not_the_office(to_string(*outcome.fault));
  return outcome;
}

Result<JsonValue> body_of(const std::string& targets) {
  if (targets.empty()) return JsonValue();
  auto document = read_signed_document(targets, Role::targets);
  if (!document.ok()) return document.error();
  return std::move(document->body);
}

// The takedown key is the server's to name, and told as a difference; urgent messages are for
// the approvers of the root alone.
Result<Delegations> delegations_of(const TargetsMetadata& next, const RootMetadata& root) {
  Delegations delegations;
  for (const std::string& id : root.roles.at(Role::targets).key_ids) {
    const auto key = root.keys.find(id);
    if (key != root.keys.end()) delegations.urgent.push_back(write_public_key(key->second));
  }
  for (const DelegatedRole& role : next.delegations.roles) {
    if (role.name != "takedown" || role.keys.key_ids.size() != 1) continue;
    const auto key = next.delegations.keys.find(*role.keys.key_ids.begin());
    if (key == next.delegations.keys.end() || !key->second.can_verify()) continue;
    delegations.takedown = write_public_key(key->second);
    return delegations;
  }
  return more_than_shown("it names no takedown key, or several");
}

Status check_times(const TargetsMetadata& next, const ApprovalRequest& request,
                   std::int64_t published, Instant now) {
  const auto seconds = [](Instant instant) {
    return std::chrono::floor<std::chrono::seconds>(instant.time_since_epoch()).count();
  };
  const std::int64_t most = std::max(published + 1, seconds(now + kClocksApart));
  if (next.version <= published || next.version > most) {
    return more_than_shown("its version is " + std::to_string(next.version));
  }
  if (next.expires > now + kTargetsLife + kClocksApart) {
    return more_than_shown("it ends at " + format_instant(next.expires));
  }
  const auto publication = read_published_form(request.publication);
  if (!publication.ok()) return publication.error();
  const auto approved = publication->approved_at;
  if (!approved || *approved > now + kClocksApart || *approved < now - kClocksApart) {
    return more_than_shown("it is not dated today");
  }
  if (publication->group != request.group) return more_than_shown("it is for another group");
  return {};
}

Result<std::optional<std::string>> shown_now(const GroupId& group, const TrustOutcome& outcome,
                                             CarriedFiles& source) {
  const std::string path = publication_target(group);
  if (!outcome.targets || !outcome.targets->files().contains(path)) {
    return std::optional<std::string>();
  }
  const auto read = outcome.targets->read(path, source);
  if (const Fault* fault = std::get_if<Fault>(&read)) return not_the_office(to_string(*fault));
  return std::optional(std::get<VerifiedTarget>(read).bytes());
}

Result<TargetsMetadata> read_next(const std::string& body, JsonValue& json) {
  auto parsed = parse_json(body, {.max_bytes = kMostApprovalBytes, .max_depth = 64});
  if (!parsed.ok()) return parsed.error();
  json = std::move(*parsed);
  return read_targets(json);
}

}  // namespace

Result<ApprovalReview> review_approval(const ApprovalRequest& request,
                                       const TrustedState& trusted, Instant now) {
  CarriedFiles source(request.files);
  const bool is_first = !request.files.contains(metadata_path(Role::timestamp, 0));
  auto outcome = published_now(source, trusted, is_first, now);
  if (!outcome.ok()) return outcome.error();
  auto root = open_root(outcome->state.root);
  if (const Fault* fault = std::get_if<Fault>(&root)) return not_the_office(to_string(*fault));
  const RootMetadata& named = std::get<TrustedFile<RootMetadata>>(root).metadata;

  JsonValue next_body;
  const auto next = read_next(request.body, next_body);
  if (!next.ok()) return next.error();
  const std::int64_t published = outcome->targets ? outcome->targets->version() : 0;
  if (Status times = check_times(*next, request, published, now); !times) return times.error();
  const auto delegations = delegations_of(*next, named);
  if (!delegations.ok()) return delegations.error();
  const auto expected = next_targets_body(
      {{next->version, next->expires}, request.group, request.publication, *delegations},
      outcome->targets ? &*outcome->targets : nullptr, source);
  if (!expected.ok()) return expected.error();
  if (*expected != request.body) return more_than_shown("other files or other rights");

  const auto shown = shown_now(request.group, *outcome, source);
  if (!shown.ok()) return shown.error();
  const auto body_now = body_of(outcome->state.targets);
  if (!body_now.ok()) return body_now.error();
  auto differences =
      compare_sides({*shown, *body_now}, {request.publication, std::move(next_body)});
  if (!differences.ok()) return differences.error();
  return ApprovalReview{published,
                        next->version,
                        sha256(std::string_view(request.body)),
                        std::move(*differences),
                        named,
                        std::move(outcome->state)};
}

}  // namespace conglang::server
