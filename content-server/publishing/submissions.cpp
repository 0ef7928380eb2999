#include "content-server/publishing/submissions.h"

#include <algorithm>
#include <utility>

#include "content-server/access/access_desk.h"
#include "content-server/publishing/submission_rules.h"
#include "playlists/publication/bounds.h"
#include "playlists/publication/publication_document.h"
#include "playlists/publication/write_publication.h"

namespace conglang::server {
namespace {

constexpr std::size_t kMostReasonBytes = 2000;

// What only an approval may say.
void remove_approval(JsonObject& document) {
  std::erase_if(document, [](const JsonMember& member) {
    return member.first == "approved_at" || member.first == "offline_until" ||
           member.first == "reinstated";
  });
}

DocumentErrors one_error(std::string pointer, std::string message) {
  return {{std::move(pointer), std::move(message), DocumentRule::form}};
}

DocumentErrors check_world(const Publication& publication, const SubmissionChecks& checks) {
  DocumentErrors errors;
  if (!checks.is_known_group(publication.group)) {
    errors.push_back({"/group", "there is no group " + publication.group.text(),
                      DocumentRule::dangling_reference});
  }
  for (std::size_t i = 0; i < publication.assets.size(); ++i) {
    const auto* file = std::get_if<PublishedFile>(&publication.assets[i].file);
    if (file != nullptr && checks.has_asset(*file)) continue;
    if (errors.size() == kMostErrors) break;
    errors.push_back({"/assets/" + std::to_string(i),
                      "its file was not uploaded, or not with this length",
                      DocumentRule::dangling_reference});
  }
  return errors;
}

JsonValue summary_of(const Submission& submission) {
  JsonArray reinstates;
  for (const TakedownId& id : submission.reinstates) reinstates.emplace_back(id.text());
  return JsonObject{{"group", submission.group.text()},
                    {"state", std::string(to_string(submission.state))},
                    {"origin", std::string(to_string(submission.origin))},
                    {"document_sha256", sha256(std::string_view(submission.document)).hex()},
                    {"reinstates", std::move(reinstates)}};
}

}  // namespace

std::variant<CheckedDraft, DocumentErrors> check_draft(std::string_view bytes,
                                                       const SubmissionChecks& checks,
                                                       Instant now) {
  Result<JsonValue> json = parse_json(bytes, {bounds::kDocumentBytes, 64});
  if (!json.ok()) return one_error("", json.error().message);
  auto* object = std::get_if<JsonObject>(&json->content());
  if (object == nullptr) return one_error("", "must be an object");
  remove_approval(*object);
  // Read as a kiosk will read it once it is approved.
  const Instant second = std::chrono::floor<std::chrono::seconds>(now);
  object->emplace_back("approved_at", format_instant(second));
  object->emplace_back("offline_until", format_instant(second + std::chrono::days(1)));
  auto read = PublicationDocument::read(write_json(*json));
  if (auto* errors = std::get_if<DocumentErrors>(&read)) return std::move(*errors);
  const auto& document = std::get<PublicationDocument>(read);
  if (document.form() != PublicationForm::published) {
    return one_error("/assets", "must be in the published form: sha256, length, extension");
  }
  DocumentErrors errors = check_world(document.publication(), checks);
  if (!errors.empty()) return errors;
  JsonValue kept = write_publication(document.publication());
  remove_approval(std::get<JsonObject>(kept.content()));
  return CheckedDraft{document.publication(), write_json(kept)};
}

Result<Submission> find_submission(const PublishingDesk& desk, const SubmissionId& id) {
  auto found = desk.releases.find(id);
  if (!found.ok()) return found.error();
  if (*found) return std::move(**found);
  return Error{ErrorKind::missing, "submission " + id.text() + ": there is none"};
}

Result<Submission> submit(const PublishingDesk& desk, const NewSubmission& next) {
  const Submission made{
      SubmissionId(new_id(desk.now)), next.group,      next.document, desk.actor, next.origin,
      SubmissionState::submitted,     next.reinstates, desk.now};
  if (Status kept = desk.releases.keep(made); !kept.ok()) return kept.error();
  Status step =
      desk.releases.add_step({made.id, made.state, desk.actor, next.reason, desk.now});
  if (!step.ok()) return step.error();
  Status noted =
      desk.note("submission.submitted", "submission:" + made.id.text(), {}, summary_of(made));
  if (!noted.ok()) return noted.error();
  return made;
}

Result<Submission> move_submission(const PublishingDesk& desk, const Submission& submission,
                                   SubmissionState next, const std::string& reason) {
  Result<Submission> moved = step_to(submission, next);
  if (!moved.ok()) return moved;
  if (Status kept = desk.releases.keep(*moved); !kept.ok()) return kept.error();
  Status step = desk.releases.add_step({submission.id, next, desk.actor, reason, desk.now});
  if (!step.ok()) return step.error();
  JsonObject after{{"state", std::string(to_string(next))}};
  if (!reason.empty()) after.emplace_back("reason", reason);
  Status noted = desk.note(
      "submission." + std::string(to_string(next)), "submission:" + submission.id.text(),
      JsonObject{{"state", std::string(to_string(submission.state))}}, after);
  if (!noted.ok()) return noted.error();
  return moved;
}

Result<Submission> return_submission(const PublishingDesk& desk, const SubmissionId& id,
                                     const std::string& reason) {
  const Result<std::string> text = normalize_text(reason);
  if (!text.ok() || text->empty() || text->size() > kMostReasonBytes) {
    return Error{ErrorKind::malformed, "reason: must be words, at most 2000 bytes", "reason"};
  }
  const Result<Submission> found = find_submission(desk, id);
  if (!found.ok()) return found;
  return move_submission(desk, *found, SubmissionState::returned, *text);
}

Result<Submission> withdraw_submission(const PublishingDesk& desk, const SubmissionId& id) {
  const Result<Submission> found = find_submission(desk, id);
  if (!found.ok()) return found;
  if (found->author != desk.actor) {
    return Error{ErrorKind::untrusted,
                 "submission " + id.text() + ": only who submitted it may withdraw it",
                 "not-yours"};
  }
  return move_submission(desk, *found, SubmissionState::withdrawn, "");
}

Result<Submission> resubmit_release(const PublishingDesk& desk, std::int64_t version) {
  const auto release = desk.releases.find_release(version);
  if (!release.ok()) return release.error();
  if (!*release || (*release)->state != ReleaseState::released) {
    return Error{ErrorKind::missing, "release " + std::to_string(version) + ": there is none"};
  }
  const Result<Submission> earlier = find_submission(desk, (*release)->submission);
  if (!earlier.ok()) return earlier;
  return submit(desk, {earlier->group,
                       earlier->document,
                       SubmissionOrigin::earlier_release,
                       {},
                       "release " + std::to_string(version)});
}

}  // namespace conglang::server
