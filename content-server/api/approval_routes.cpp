#include <optional>
#include <string>
#include <utility>

#include "content-server/api/answers.h"
#include "content-server/api/own_key.h"
#include "content-server/api/publishing_bodies.h"
#include "content-server/api/publishing_routes.h"
#include "content-server/api/release_writing.h"
#include "content-server/publishing/approval_request.h"

namespace conglang::server {
namespace {

constexpr const char* kLookAtPublication = R"({"what":"publication"})";
constexpr std::int64_t kMostDays = 400;

SubmissionId submission_in(const Request& request) {
  return SubmissionId(request.path_values.at("submission"));
}

Response make(const ApiParts& parts, const Request& request, const Caller& caller) {
  CandidateOptions options;
  auto refused = read_body(request, options, [&](ObjectReader& reader, const JsonValue&) {
    const auto days = reader.optional_integer("offline_days", {1, kMostDays});
    return CandidateOptions{std::chrono::days(days.value_or(parts.offline_days))};
  });
  if (refused) return *refused;
  std::optional<GroupId> group;
  const auto candidate = publish_as<Candidate>(
      parts, caller, [&](const PublishingDesk& desk) -> Result<Candidate> {
        const auto submission = find_submission(desk, submission_in(request));
        if (!submission) return submission.error();
        group = submission->group;
        return make_candidate(desk, parts.repository, submission->id, options);
      });
  if (!candidate) return refuse(candidate.error());
  const auto differences =
      differences_of(*candidate, *group, parts.repository, parts.clock.now());
  if (!differences) return refuse(differences.error());
  return answer(write_candidate(*candidate, *differences));
}

// The caller's own key goes with it: locked, as the office keeps it.
Response carry(const ApiParts& parts, const Request& request, const Caller& caller) {
  std::optional<Candidate> candidate;
  std::optional<GroupId> group;
  std::optional<ApproverKey> key;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    const PublishingDesk desk = publishing_desk_of(stores, caller.actor(), caller.now);
    const auto submission = find_submission(desk, submission_in(request));
    if (!submission) return submission.error();
    group = submission->group;
    auto found = stores.releases.find_candidate(submission->id);
    if (!found) return found.error();
    candidate = std::move(*found);
    auto own = find_live_key(desk_of(stores, caller.actor(), caller.now), caller.who.person.id);
    if (!own) return own.error();
    key = std::move(*own);
    return {};
  });
  if (!read) return refuse(read.error());
  if (!candidate) {
    return refuse(404, "no-candidate", "approval request: make the candidate first");
  }
  auto made = gather_approval_request(*candidate, *group, parts.repository, caller.now);
  if (!made) return refuse(made.error());
  if (key) made->key = key->locked;
  return answer(write_approval_request(*made));
}

Result<Approval> read_approval(const Request& request, std::optional<Response>& refused) {
  Approval approval{submission_in(request), {}, {}, {}};
  std::string digest;
  refused = read_body(request, approval, [&](ObjectReader& reader, const JsonValue&) {
    digest = reader.word("body_sha256");
    return Approval{approval.submission, {}, reader.word("key_id"), reader.word("signature")};
  });
  const auto body = parse_sha256(digest);
  if (!body) return Error{ErrorKind::malformed, "body_sha256: must be 64 digits 0-9a-f"};
  approval.body = *body;
  return approval;
}

// Whether this person may approve that submission is asked in the transaction, with the
// office's own rule.
Result<Release> approve_as(const ApiParts& parts, const Caller& caller,
                           const Approval& approval) {
  std::optional<Release> release;
  const Status kept =
      parts.transactions.write(Durability::power_cut, [&](const Stores& stores) -> Status {
        const auto office = stores.office.find();
        if (!office) return office.error();
        const bool second = *office && (*office)->second_person_approves;
        const PublishingDesk desk =
            publishing_desk_of(stores, caller.actor(), parts.clock.now());
        auto approved = approve(desk, parts.repository, approval, second);
        if (!approved) return approved.error();
        release = std::move(*approved);
        return {};
      });
  if (!kept) return kept.error();
  return std::move(*release);
}

Response take_approval(const ApiParts& parts, const Request& request, const Caller& caller) {
  std::optional<Response> refused;
  const auto approval = read_approval(request, refused);
  if (refused) return *refused;
  if (!approval) return refuse(approval.error());
  if (Status own = require_own_key(parts, caller, approval->key_id); !own) {
    return refuse(own.error());
  }
  const auto release = approve_as(parts, caller, *approval);
  if (!release) return refuse(release.error());
  const Status written =
      write_out(parts.transactions, parts.repository, *release, caller.actor(), parts.clock);
  if (!written) return refuse(written.error());
  parts.streams.publish("group:" + release->group.text(), "look", kLookAtPublication);
  Release released = *release;
  released.state = ReleaseState::released;
  return answer(write_release(released), 201);
}

}  // namespace

void add_approval_routes(Routes& routes, const ApiParts& parts) {
  const BodyRule body = BodyRule::memory(kMostSmallBody);
  add_caller_route(routes, parts,
                   {Method::post, "/api/submissions/{submission}/candidate", body, {}, {}},
                   Deed::approve, [&parts](const Request& request, const Caller& caller) {
                     return make(parts, request, caller);
                   });
  add_caller_route(
      routes, parts,
      {Method::get, "/api/submissions/{submission}/approval-request", BodyRule::none(), {}, {}},
      Deed::approve, [&parts](const Request& request, const Caller& caller) {
        return carry(parts, request, caller);
      });
  add_caller_route(routes, parts,
                   {Method::post, "/api/submissions/{submission}/approval", body, {}, {}},
                   Deed::approve, [&parts](const Request& request, const Caller& caller) {
                     return take_approval(parts, request, caller);
                   });
}

}  // namespace conglang::server
