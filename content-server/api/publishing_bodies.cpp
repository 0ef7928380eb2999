#include "content-server/api/publishing_bodies.h"

#include <algorithm>
#include <utility>

#include "content-server/kiosks/kiosk.h"

namespace conglang::server {

PublishingDesk publishing_desk_of(const Stores& stores, const std::string& actor, Instant now) {
  return {stores.releases, stores.audit, actor, now};
}

AssetLibrary asset_library_of(const ApiParts& parts) {
  return AssetLibrary(parts.repository.staged_folder());
}

SubmissionChecks checks_of(const ApiParts& parts, const std::vector<Group>& groups) {
  return {[groups](const GroupId& id) {
            return std::any_of(groups.begin(), groups.end(),
                               [&](const Group& group) { return group.id == id; });
          },
          [library = asset_library_of(parts)](const PublishedFile& file) {
            return library.has(file);
          }};
}

JsonValue write_submission(const Submission& submission) {
  JsonArray reinstates;
  for (const TakedownId& id : submission.reinstates) reinstates.emplace_back(id.text());
  return JsonObject{{"id", submission.id.text()},
                    {"group", submission.group.text()},
                    {"author", submission.author},
                    {"origin", std::string(to_string(submission.origin))},
                    {"state", std::string(to_string(submission.state))},
                    {"reinstates", std::move(reinstates)},
                    {"made_at", format_instant(submission.made_at)}};
}

JsonValue write_step(const SubmissionStep& step) {
  return JsonObject{{"state", std::string(to_string(step.state))},
                    {"actor", step.actor},
                    {"reason", step.reason},
                    {"at", format_instant(step.at)}};
}

JsonArray write_differences(const std::vector<Difference>& differences) {
  JsonArray list;
  for (const Difference& difference : differences) list.push_back(write_difference(difference));
  return list;
}

JsonValue write_candidate(const Candidate& candidate,
                          const std::vector<Difference>& differences) {
  return JsonObject{{"submission", candidate.submission.text()},
                    {"base_version", candidate.base_version},
                    {"version", candidate.version},
                    {"body", candidate.body},
                    {"sha256", sha256(std::string_view(candidate.body)).hex()},
                    {"publication", candidate.publication},
                    {"differences", write_differences(differences)}};
}

JsonValue write_release(const Release& release) {
  JsonObject object{{"version", release.version},
                    {"base_version", release.base_version},
                    {"submission", release.submission.text()},
                    {"group", release.group.text()},
                    {"state", std::string(to_string(release.state))},
                    {"approver", release.approver},
                    {"key_id", release.key_id},
                    {"approved_at", format_instant(release.approved_at)}};
  if (release.released_at) {
    object.emplace_back("released_at", format_instant(*release.released_at));
  }
  return object;
}

JsonValue write_act(const TakedownAct& act) {
  return JsonObject{{"id", act.id.text()},     {"kind", std::string(to_string(act.kind))},
                    {"target", act.target_id}, {"at", format_instant(act.at)},
                    {"reason", act.reason},    {"actor", act.actor}};
}

Status write_publishing_as(const ApiParts& parts, const Caller& caller,
                           const std::function<Status(const PublishingDesk&)>& work) {
  return parts.transactions.write(Durability::power_cut, [&](const Stores& stores) {
    return work(publishing_desk_of(stores, caller.actor(), parts.clock.now()));
  });
}

}  // namespace conglang::server
