// How submissions, releases and takedowns look in the JSON of the officer's API.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "content-server/api/access_bodies.h"
#include "content-server/api/caller.h"
#include "content-server/publishing/asset_library.h"
#include "content-server/publishing/candidates.h"
#include "content-server/publishing/office_repository.h"
#include "content-server/publishing/publishing_desk.h"
#include "content-server/publishing/submissions.h"

namespace conglang::server {

inline constexpr std::int64_t kMostSmallBody = 16 << 10;

PublishingDesk publishing_desk_of(const Stores& stores, const std::string& actor, Instant now);

AssetLibrary asset_library_of(const ApiParts& parts);

// What the rules ask of the world: the groups of the database, the files of the library.
SubmissionChecks checks_of(const ApiParts& parts, const std::vector<Group>& groups);

JsonValue write_submission(const Submission& submission);
JsonValue write_step(const SubmissionStep& step);
JsonValue write_candidate(const Candidate& candidate,
                          const std::vector<Difference>& differences);
JsonValue write_release(const Release& release);  // without its bytes
JsonValue write_act(const TakedownAct& act);
JsonArray write_differences(const std::vector<Difference>& differences);

// Runs `work` in one transaction as the caller, kept over a power cut.
Status write_publishing_as(const ApiParts& parts, const Caller& caller,
                           const std::function<Status(const PublishingDesk&)>& work);

// The same when it gives something.
template <typename Value>
Result<Value> publish_as(const ApiParts& parts, const Caller& caller,
                         const std::function<Result<Value>(const PublishingDesk&)>& work) {
  std::optional<Value> value;
  const Status kept =
      write_publishing_as(parts, caller, [&](const PublishingDesk& desk) -> Status {
        auto given = work(desk);
        if (!given) return given.error();
        value = std::move(*given);
        return {};
      });
  if (!kept) return kept.error();
  return std::move(*value);
}

}  // namespace conglang::server
