#include <string>
#include <utility>
#include <variant>

#include "content-server/api/answers.h"
#include "content-server/api/publishing_bodies.h"
#include "content-server/api/publishing_routes.h"
#include "playlists/publication/bounds.h"

namespace conglang::server {
namespace {

// The document, and the object around it.
constexpr std::int64_t kMostSubmission = static_cast<std::int64_t>(bounds::kDocumentBytes) + 64;
constexpr int kMostListed = 200;
constexpr std::size_t kMostReason = 500;  // characters

SubmissionId submission_in(const Request& request) {
  return SubmissionId(request.path_values.at("submission"));
}

Response answer_submission(const Result<Submission>& submission, int status = 200) {
  if (!submission) return refuse(submission.error());
  return answer(write_submission(*submission), status);
}

Response list_submissions(const ApiParts& parts, const Request& request) {
  SubmissionQuery query;
  query.most = kMostListed;
  if (const auto word = request.query.find("state"); word != request.query.end()) {
    query.state = parse_submission_state(word->second);
    if (!query.state) return refuse(400, "malformed", "state: is no state of a submission");
  }
  if (const auto id = request.query.find("group"); id != request.query.end()) {
    query.group = GroupId(id->second);
  }
  JsonArray list;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    const auto found = stores.releases.list(query);
    if (!found) return found.error();
    for (const Submission& one : *found) list.push_back(write_submission(one));
    return {};
  });
  return read ? answer(JsonObject{{"submissions", std::move(list)}}) : refuse(read.error());
}

Response show_submission(const ApiParts& parts, const SubmissionId& id) {
  JsonObject object;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    const auto found = find_submission(publishing_desk_of(stores, "", parts.clock.now()), id);
    if (!found) return found.error();
    const auto steps = stores.releases.steps(id);
    if (!steps) return steps.error();
    auto document = parse_json(found->document, {bounds::kDocumentBytes, 64});
    if (!document) return document.error();
    JsonArray history;
    for (const SubmissionStep& step : *steps) history.push_back(write_step(step));
    object = {{"submission", write_submission(*found)},
              {"history", std::move(history)},
              {"document", std::move(*document)}};
    return {};
  });
  return read ? answer(object) : refuse(read.error());
}

Response add_submission(const ApiParts& parts, const Request& request, const Caller& caller) {
  auto body = json_body(request);
  if (!body) return refuse(body.error());
  const JsonValue* document = body->find("document");
  if (document == nullptr || body->object()->size() != 1) {
    return refuse(400, "malformed", "submission: must have the member document, and no other");
  }
  std::vector<Group> groups;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    auto found = stores.kiosks.groups();
    if (!found) return found.error();
    groups = std::move(*found);
    return {};
  });
  if (!read) return refuse(read.error());
  const auto checked =
      check_draft(write_json(*document), checks_of(parts, groups), parts.clock.now());
  if (const auto* errors = std::get_if<DocumentErrors>(&checked)) return refuse(*errors);
  const auto& draft = std::get<CheckedDraft>(checked);
  return answer_submission(
      publish_as<Submission>(parts, caller,
                             [&](const PublishingDesk& desk) {
                               return submit(desk, {draft.publication.group, draft.document});
                             }),
      201);
}

Response send_back(const ApiParts& parts, const Request& request, const Caller& caller) {
  std::string reason;
  auto refused = read_body(request, reason, [](ObjectReader& reader, const JsonValue&) {
    return reader.text("reason", kMostReason);
  });
  if (refused) return *refused;
  return answer_submission(
      publish_as<Submission>(parts, caller, [&](const PublishingDesk& desk) {
        return return_submission(desk, submission_in(request), reason);
      }));
}

Response withdraw(const ApiParts& parts, const Request& request, const Caller& caller) {
  return answer_submission(
      publish_as<Submission>(parts, caller, [&](const PublishingDesk& desk) {
        return withdraw_submission(desk, submission_in(request));
      }));
}

}  // namespace

void add_submission_routes(Routes& routes, const ApiParts& parts) {
  const BodyRule none = BodyRule::none();
  add_caller_route(routes, parts, {Method::get, "/api/submissions", none, {}, {}}, Deed::view,
                   [&parts](const Request& request, const Caller&) {
                     return list_submissions(parts, request);
                   });
  add_caller_route(routes, parts, {Method::get, "/api/submissions/{submission}", none, {}, {}},
                   Deed::view, [&parts](const Request& request, const Caller&) {
                     return show_submission(parts, submission_in(request));
                   });
  add_caller_route(
      routes, parts,
      {Method::post, "/api/submissions", BodyRule::memory(kMostSubmission), {}, {}},
      Deed::submit, [&parts](const Request& request, const Caller& caller) {
        return add_submission(parts, request, caller);
      });
  add_caller_route(routes, parts,
                   {Method::post,
                    "/api/submissions/{submission}/return",
                    BodyRule::memory(kMostSmallBody),
                    {},
                    {}},
                   Deed::approve, [&parts](const Request& request, const Caller& caller) {
                     return send_back(parts, request, caller);
                   });
  add_caller_route(routes, parts,
                   {Method::post, "/api/submissions/{submission}/withdrawal", none, {}, {}},
                   Deed::submit, [&parts](const Request& request, const Caller& caller) {
                     return withdraw(parts, request, caller);
                   });
}

}  // namespace conglang::server
