// What an approver signs, and what becomes of the signature.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "content-server/publishing/difference.h"
#include "content-server/publishing/office_repository.h"
#include "content-server/publishing/publishing_desk.h"

namespace conglang::server {

inline constexpr std::chrono::days kMostOffline{400};

struct CandidateOptions {
  std::chrono::days offline{30};  // how long it plays without the server; 1 to 400 days
};

// The unsigned targets metadata of the submission on top of what is published, and kept.
// Fails: missing; conflict, code "wrong-state"; malformed when the document no longer holds.
Result<Candidate> make_candidate(const PublishingDesk& desk, const OfficeRepository& repository,
                                 const SubmissionId& id, const CandidateOptions& options);

// Every difference between the candidate and what is published now.
Result<std::vector<Difference>> differences_of(const Candidate& candidate, const GroupId& group,
                                               const OfficeRepository& repository, Instant now);

struct Approval {
  SubmissionId submission;
  Sha256Digest body;      // of the bytes that were signed
  std::string key_id;     // of a targets key of the root
  std::string signature;  // 128 hexadecimal digits
};

// Keeps the signed release; its files are written next, by OfficeRepository::write_release().
// Fails: untrusted for a signature that does not hold or, code "second-person", for the own
// submission; conflict, code "stale-approval", when it stands on what is no longer current.
Result<Release> approve(const PublishingDesk& desk, const OfficeRepository& repository,
                        const Approval& approval, bool second_person_approves);

// After the files are in place: released, and what the group showed before superseded.
// Fails: missing; conflict.
Status finish_release(const PublishingDesk& desk, std::int64_t version);

// The files could not be written: the submission waits for an approver again.
Status give_up_release(const PublishingDesk& desk, std::int64_t version,
                       const std::string& reason);

// What to do at the start of the server with a release that was interrupted.
enum class Unfinished { finish, write_again, give_up };
Unfinished judge_unfinished(const Release& release, std::int64_t published_version);

}  // namespace conglang::server
