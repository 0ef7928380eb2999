#include "content-server/publishing/submission_rules.h"

namespace conglang::server {

bool may_follow(SubmissionState from, SubmissionState to) {
  switch (from) {
    case SubmissionState::submitted:
      return to == SubmissionState::returned || to == SubmissionState::withdrawn ||
             to == SubmissionState::approved;
    case SubmissionState::approved:  // back to submitted when its files could not be written
      return to == SubmissionState::released || to == SubmissionState::submitted;
    case SubmissionState::released:
      return to == SubmissionState::superseded;
    case SubmissionState::returned:
    case SubmissionState::withdrawn:
    case SubmissionState::superseded:
      return false;
  }
  return false;
}

bool may_approve(const Submission& submission, const std::string& actor,
                 bool second_person_approves) {
  return submission.state == SubmissionState::submitted &&
         (!second_person_approves || submission.author != actor);
}

Result<Submission> step_to(Submission submission, SubmissionState next) {
  if (!may_follow(submission.state, next)) {
    return Error{ErrorKind::conflict,
                 "submission " + submission.id.text() + ": is " +
                     std::string(to_string(submission.state)) + " and cannot become " +
                     std::string(to_string(next)),
                 "wrong-state"};
  }
  submission.state = next;
  return submission;
}

}  // namespace conglang::server
