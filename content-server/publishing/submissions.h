// Use cases before an approval: a document is submitted, sent back, or taken back.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "content-server/publishing/publishing_desk.h"
#include "playlists/base/document_error.h"
#include "playlists/publication/publication.h"

namespace conglang::server {

// What the rules must know of the world beside the document.
struct SubmissionChecks {
  std::function<bool(const GroupId&)> is_known_group;
  std::function<bool(const PublishedFile&)> has_asset;  // was uploaded or is published
};

// The document as it is kept: what only an approval adds (approved_at, offline_until,
// reinstated) is left out, whatever its author wrote there.
struct CheckedDraft {
  Publication publication;
  std::string document;
};
std::variant<CheckedDraft, DocumentErrors> check_draft(std::string_view bytes,
                                                       const SubmissionChecks& checks,
                                                       Instant now);

struct NewSubmission {
  GroupId group;
  std::string document;  // of a CheckedDraft
  SubmissionOrigin origin = SubmissionOrigin::draft;
  std::vector<TakedownId> reinstates = {};
  std::string reason = {};
};

// Fails: storage. The same holds below.
Result<Submission> submit(const PublishingDesk& desk, const NewSubmission& next);

// Fails: missing; malformed without a reason; conflict, code "wrong-state".
Result<Submission> return_submission(const PublishingDesk& desk, const SubmissionId& id,
                                     const std::string& reason);

// Fails: untrusted, code "not-yours", for another than its author.
Result<Submission> withdraw_submission(const PublishingDesk& desk, const SubmissionId& id);

// A new submission of what was released before under that version.
// Fails: missing.
Result<Submission> resubmit_release(const PublishingDesk& desk, std::int64_t version);

// Fails: missing, naming it.
Result<Submission> find_submission(const PublishingDesk& desk, const SubmissionId& id);

// Moves it on, with a step of its history and an entry of the audit log.
Result<Submission> move_submission(const PublishingDesk& desk, const Submission& submission,
                                   SubmissionState next, const std::string& reason);

}  // namespace conglang::server
