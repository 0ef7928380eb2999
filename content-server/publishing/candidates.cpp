#include "content-server/publishing/candidates.h"

#include <algorithm>
#include <set>
#include <utility>

#include "content-server/publishing/approval_difference.h"
#include "content-server/publishing/next_targets.h"
#include "content-server/publishing/repository_files.h"
#include "content-server/publishing/submission_rules.h"
#include "content-server/publishing/submissions.h"
#include "content-server/publishing/takedowns.h"
#include "playlists/publication/bounds.h"

namespace conglang::server {
namespace {

// The document with what only an approval adds.
Result<std::string> approved_document(const Submission& submission,
                                      const std::set<TakedownId>& reinstated, Instant now,
                                      const CandidateOptions& options) {
  Result<JsonValue> json = parse_json(submission.document, {bounds::kDocumentBytes, 64});
  if (!json.ok()) return json.error();
  auto* object = std::get_if<JsonObject>(&json->content());
  if (object == nullptr) return Error{ErrorKind::malformed, "submission: is no object"};
  const Instant approved = std::chrono::floor<std::chrono::seconds>(now);
  object->emplace_back("approved_at", format_instant(approved));
  object->emplace_back("offline_until", format_instant(approved + options.offline));
  if (!reinstated.empty()) {
    JsonArray ids;
    for (const TakedownId& id : reinstated) ids.emplace_back(id.text());
    object->emplace_back("reinstated", std::move(ids));
  }
  std::string bytes = write_json(*json, 1) + "\n";
  const Result<Publication> holds = read_published_form(bytes);
  if (!holds.ok()) return holds.error();
  return bytes;
}

Result<Delegations> delegations_for(const OfficeRepository& repository,
                                    const PublishedState& state) {
  Delegations delegations;
  for (const std::string& id : state.keys_of(Role::targets)) {
    const auto key = state.root.keys.find(id);
    if (key != state.root.keys.end()) {
      delegations.urgent.push_back(write_public_key(key->second));
    }
  }
  const std::set<std::string> current = state.delegated_keys("takedown");
  if (current.empty()) {
    const Result<OnlineKeys> first = open_first_online_keys(repository.keys_folder());
    if (!first.ok()) return first.error();
    delegations.takedown = first->takedown.public_json();
    return delegations;
  }
  // A key that waits is named by this approval, and signs from then on.
  const auto waiting = find_waiting_key(repository.keys_folder(), "takedown", current);
  if (!waiting.ok()) return waiting.error();
  if (*waiting) {
    delegations.takedown = (*waiting)->public_json();
    return delegations;
  }
  const Result<SigningKey> key = open_online_key(repository.keys_folder(), "takedown", current);
  if (!key.ok()) return key.error();
  delegations.takedown = key->public_json();
  return delegations;
}

Error stale() {
  return {ErrorKind::conflict,
          "approval: it stands on what is no longer current; look at the new differences and "
          "sign again",
          "stale-approval"};
}

Result<Release> find_release(const PublishingDesk& desk, std::int64_t version) {
  auto found = desk.releases.find_release(version);
  if (!found.ok()) return found.error();
  if (*found) return std::move(**found);
  return Error{ErrorKind::missing, "release " + std::to_string(version) + ": there is none"};
}

Status check_no_other(const PublishingDesk& desk) {
  const auto releases = desk.releases.releases(1000);
  if (!releases.ok()) return releases.error();
  for (const Release& release : *releases) {
    if (release.state == ReleaseState::approved) return stale();
  }
  return {};
}

Result<Candidate> current_candidate(const PublishingDesk& desk, const PublishedState& state,
                                    const Approval& approval) {
  auto candidate = desk.releases.find_candidate(approval.submission);
  if (!candidate.ok()) return candidate.error();
  if (!*candidate || sha256(std::string_view((*candidate)->body)) != approval.body ||
      (*candidate)->base_version != state.version()) {
    return stale();
  }
  return std::move(**candidate);
}

Status check_signature(const PublishedState& state, const Candidate& candidate,
                       const Approval& approval) {
  const auto key = state.root.keys.find(approval.key_id);
  const bool is_approvers =
      state.keys_of(Role::targets).contains(approval.key_id) && key != state.root.keys.end();
  if (is_approvers && is_signed_by(key->second, candidate.body, approval.signature)) return {};
  return Error{ErrorKind::untrusted,
               "approval: it is not signed by a key that the root trusts to approve",
               "bad-signature"};
}

// False when it was made before the root was changed: it would let a revoked approver go on
// sending urgent messages.
bool names_approvers_of(const PublishedState& state, const JsonValue& body) {
  return delegated_key_ids(body, "urgent") == state.keys_of(Role::targets);
}

// What the group showed before.
Status supersede(const PublishingDesk& desk, const Release& release) {
  const auto shown = desk.releases.list({SubmissionState::released, release.group, 1000});
  if (!shown.ok()) return shown.error();
  for (const Submission& submission : *shown) {
    if (submission.id == release.submission) continue;
    const auto moved = move_submission(desk, submission, SubmissionState::superseded,
                                       "release " + std::to_string(release.version));
    if (!moved.ok()) return moved.error();
  }
  return {};
}

}  // namespace

Result<Candidate> make_candidate(const PublishingDesk& desk, const OfficeRepository& repository,
                                 const SubmissionId& id, const CandidateOptions& options) {
  if (options.offline < std::chrono::days(1) || options.offline > kMostOffline) {
    return Error{ErrorKind::malformed, "offline_days: must be 1 to 400"};
  }
  const Result<Submission> submission = find_submission(desk, id);
  if (!submission.ok()) return submission.error();
  const auto approvable = step_to(*submission, SubmissionState::approved);
  if (!approvable.ok()) return approvable.error();
  const Result<PublishedState> state = repository.published(desk.now);
  if (!state.ok()) return state.error();
  const auto shown = read_publication(repository.folder(), *state, submission->group);
  if (!shown.ok()) return shown.error();

  std::set<TakedownId> reinstated(submission->reinstates.begin(), submission->reinstates.end());
  if (*shown) {
    const auto before = read_reinstated(**shown);
    if (!before.ok()) return before.error();
    reinstated.insert(before->begin(), before->end());
  }
  Result<std::string> bytes = approved_document(*submission, reinstated, desk.now, options);
  if (!bytes.ok()) return bytes.error();
  const Result<Delegations> delegations = delegations_for(repository, *state);
  if (!delegations.ok()) return delegations.error();

  const std::int64_t version = next_version(state->versions.targets, desk.now);
  const NextTargets next{
      {version, desk.now + kTargetsLife}, submission->group, std::move(*bytes), *delegations};
  FolderSource source(repository.folder());
  Result<std::string> body =
      next_targets_body(next, state->targets ? &*state->targets : nullptr, source);
  if (!body.ok()) return body.error();
  const Candidate made{id,      state->version(), version, std::move(*body), next.publication,
                       desk.now};
  if (Status kept = desk.releases.keep_candidate(made); !kept.ok()) return kept.error();
  return made;
}

Result<Release> approve(const PublishingDesk& desk, const OfficeRepository& repository,
                        const Approval& approval, bool second_person_approves) {
  const Result<Submission> submission = find_submission(desk, approval.submission);
  if (!submission.ok()) return submission.error();
  const auto approvable = step_to(*submission, SubmissionState::approved);
  if (!approvable.ok()) return approvable.error();
  if (!may_approve(*submission, desk.actor, second_person_approves)) {
    return Error{ErrorKind::untrusted, "approve: who submitted it may not approve it",
                 "second-person"};
  }
  if (Status alone = check_no_other(desk); !alone.ok()) return alone.error();
  const Result<PublishedState> state = repository.published(desk.now);
  if (!state.ok()) return state.error();
  const Result<Candidate> candidate = current_candidate(desk, *state, approval);
  if (!candidate.ok()) return candidate.error();
  if (Status holds = check_signature(*state, *candidate, approval); !holds.ok())
    return holds.error();

  const Result<JsonValue> body = parse_json(candidate->body);
  if (!body.ok()) return body.error();
  if (!names_approvers_of(*state, *body)) return stale();
  const Release release{candidate->version,
                        candidate->base_version,
                        submission->id,
                        submission->group,
                        ReleaseState::approved,
                        desk.actor,
                        approval.key_id,
                        metadata_with_signature(*body, approval.key_id, approval.signature),
                        candidate->publication,
                        desk.now,
                        std::nullopt};
  if (Status kept = desk.releases.keep_release(release); !kept.ok()) return kept.error();
  auto moved = move_submission(desk, *submission, SubmissionState::approved, "");
  if (!moved.ok()) return moved.error();
  Status noted = desk.note("release.approved", "release:" + std::to_string(release.version),
                           JsonObject{{"version", release.base_version}},
                           JsonObject{{"version", release.version},
                                      {"group", release.group.text()},
                                      {"submission", release.submission.text()},
                                      {"key_id", release.key_id},
                                      {"body_sha256", approval.body.hex()}});
  if (!noted.ok()) return noted.error();
  return release;
}

Status finish_release(const PublishingDesk& desk, std::int64_t version) {
  Result<Release> release = find_release(desk, version);
  if (!release.ok()) return release.error();
  if (release->state == ReleaseState::released) return {};
  const Result<Submission> submission = find_submission(desk, release->submission);
  if (!submission.ok()) return submission.error();
  if (Status before = supersede(desk, *release); !before.ok()) return before;
  auto moved = move_submission(desk, *submission, SubmissionState::released, "");
  if (!moved.ok()) return moved.error();
  release->state = ReleaseState::released;
  release->released_at = desk.now;
  if (Status kept = desk.releases.keep_release(*release); !kept.ok()) return kept;
  return desk.note("release.released", "release:" + std::to_string(version), {},
                   JsonObject{{"group", release->group.text()}});
}

Status give_up_release(const PublishingDesk& desk, std::int64_t version,
                       const std::string& reason) {
  Result<Release> release = find_release(desk, version);
  if (!release.ok()) return release.error();
  const Result<Submission> submission = find_submission(desk, release->submission);
  if (!submission.ok()) return submission.error();
  auto moved = move_submission(desk, *submission, SubmissionState::submitted, reason);
  if (!moved.ok()) return moved.error();
  release->state = ReleaseState::given_up;
  if (Status kept = desk.releases.keep_release(*release); !kept.ok()) return kept;
  return desk.note("release.given-up", "release:" + std::to_string(version), {},
                   JsonObject{{"reason", reason}});
}

Unfinished judge_unfinished(const Release& release, std::int64_t published_version) {
  if (published_version == release.version) return Unfinished::finish;
  return published_version == release.base_version ? Unfinished::write_again
                                                   : Unfinished::give_up;
}

Result<std::vector<Difference>> differences_of(const Candidate& candidate, const GroupId& group,
                                               const OfficeRepository& repository,
                                               Instant now) {
  const Result<PublishedState> state = repository.published(now);
  if (!state.ok()) return state.error();
  const auto shown = read_publication(repository.folder(), *state, group);
  if (!shown.ok()) return shown.error();
  const Result<JsonValue> body = parse_json(candidate.body);
  if (!body.ok()) return body.error();
  return compare_sides({*shown, state->targets_body}, {candidate.publication, *body});
}

}  // namespace conglang::server
