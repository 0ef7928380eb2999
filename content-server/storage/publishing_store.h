// Submissions, candidates, releases and takedowns as tables.
//
// Threads: as their connection.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "content-server/publishing/release_store.h"

namespace soci {
class session;
}  // namespace soci

namespace conglang::server {

// A row that cannot be what was kept fails with storage, naming it.
class SqlReleaseStore : public ReleaseStore {
 public:
  // Requires: `session` outlives this.
  explicit SqlReleaseStore(soci::session& session) : session_(session) {}

  Status keep(const Submission& submission) override;
  Result<std::optional<Submission>> find(const SubmissionId& id) override;
  Result<std::vector<Submission>> list(const SubmissionQuery& query) override;
  Status add_step(const SubmissionStep& step) override;
  Result<std::vector<SubmissionStep>> steps(const SubmissionId& id) override;
  Status keep_candidate(const Candidate& candidate) override;
  Result<std::optional<Candidate>> find_candidate(const SubmissionId& id) override;
  Status keep_release(const Release& release) override;
  Result<std::optional<Release>> find_release(std::int64_t version) override;
  Result<std::vector<Release>> releases(int most) override;
  Status add_act(const TakedownAct& act) override;
  Result<std::vector<TakedownAct>> acts() override;

 private:
  soci::session& session_;
};

}  // namespace conglang::server
