// Where submissions, candidates, releases and takedowns stay. Implemented by storage; bound
// to one transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "content-server/publishing/submission.h"
#include "playlists/base/result.h"

namespace conglang::server {

// Empty members: any.
struct SubmissionQuery {
  std::optional<SubmissionState> state;
  std::optional<GroupId> group;
  int most = 100;  // 1 to 1000
};

// Everything kept replaces what was there under the same id; all find() give nothing for what
// is not there. Each fails with storage, and malformed for a text that is no UTF-8.
class ReleaseStore {
 public:
  virtual ~ReleaseStore() = default;

  virtual Status keep(const Submission& submission) = 0;
  virtual Result<std::optional<Submission>> find(const SubmissionId& id) = 0;
  virtual Result<std::vector<Submission>> list(
      const SubmissionQuery& query) = 0;  // newest first

  virtual Status add_step(const SubmissionStep& step) = 0;
  virtual Result<std::vector<SubmissionStep>> steps(
      const SubmissionId& id) = 0;  // oldest first

  // One for each submission; a new one replaces the old.
  virtual Status keep_candidate(const Candidate& candidate) = 0;
  virtual Result<std::optional<Candidate>> find_candidate(const SubmissionId& id) = 0;

  virtual Status keep_release(const Release& release) = 0;
  virtual Result<std::optional<Release>> find_release(std::int64_t version) = 0;
  virtual Result<std::vector<Release>> releases(int most) = 0;  // newest first

  virtual Status add_act(const TakedownAct& act) = 0;
  virtual Result<std::vector<TakedownAct>> acts() = 0;  // oldest first
};

}  // namespace conglang::server
