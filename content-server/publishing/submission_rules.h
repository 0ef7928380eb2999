// The way of a submission as pure rules: which state may follow which, and who may approve.
#pragma once

#include <string>

#include "content-server/publishing/submission.h"
#include "playlists/base/result.h"

namespace conglang::server {

bool may_follow(SubmissionState from, SubmissionState to);

// Who approves must not be who submitted, when the office has a second person.
bool may_approve(const Submission& submission, const std::string& actor,
                 bool second_person_approves);

// The submission in its next state.
// Fails: conflict, code "wrong-state", naming both states.
Result<Submission> step_to(Submission submission, SubmissionState next);

}  // namespace conglang::server
