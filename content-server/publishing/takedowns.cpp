#include "content-server/publishing/takedowns.h"

#include <algorithm>
#include <set>
#include <utility>

#include "content-server/access/access_desk.h"
#include "content-server/publishing/submissions.h"
#include "playlists/base/object_reader.h"
#include "playlists/publication/bounds.h"

namespace conglang::server {
namespace {

// Everything a reader would refuse is refused here.
Result<NewTakedown> checked(const NewTakedown& next) {
  DocumentErrors errors;
  const JsonValue value = JsonObject{{"target_id", next.target_id}, {"reason", next.reason}};
  ObjectReader reader(value, "", errors);
  NewTakedown clean{next.kind, reader.id<ItemId>("target_id").text(),
                    reader.text("reason", kMostTakedownReason)};
  reader.finish();
  if (errors.empty()) return clean;
  return Error{ErrorKind::malformed,
               "takedown: " + errors.front().pointer + ": " + errors.front().message};
}

}  // namespace

std::string write_takedown_list(const std::vector<TakedownAct>& acts) {
  JsonArray list;
  for (const TakedownAct& act : acts) {
    list.emplace_back(JsonObject{{"takedown_id", act.id.text()},
                                 {"kind", std::string(to_string(act.kind))},
                                 {"target_id", act.target_id},
                                 {"at", format_instant(act.at)},
                                 {"reason", act.reason}});
  }
  return write_json(JsonObject{{"format", 1}, {"acts", std::move(list)}});
}

Result<TakedownAct> take_down(const PublishingDesk& desk, const OfficeRepository& repository,
                              const NewTakedown& next) {
  Result<NewTakedown> clean = checked(next);
  if (!clean.ok()) return clean.error();
  const Result<std::vector<TakedownAct>> acts = desk.releases.acts();
  if (!acts.ok()) return acts.error();
  if (!repository.has_published()) {
    return Error{ErrorKind::conflict, "nothing is published yet", "nothing-published"};
  }
  if (acts->size() >= kMostTakedownActs) {
    return Error{ErrorKind::too_large,
                 "takedowns: there are 10000 already; an approver must tidy first",
                 "too-many-takedowns"};
  }
  const TakedownAct act{TakedownId(new_id(desk.now)),
                        clean->kind,
                        clean->target_id,
                        desk.now,
                        clean->reason,
                        desk.actor};
  if (Status kept = desk.releases.add_act(act); !kept.ok()) return kept.error();
  Status noted = desk.note("takedown.made", "takedown:" + act.id.text(), {},
                           JsonObject{{"kind", std::string(to_string(act.kind))},
                                      {"target_id", act.target_id},
                                      {"reason", act.reason}});
  if (!noted.ok()) return noted.error();
  return act;
}

Result<Submission> request_reinstatement(const PublishingDesk& desk,
                                         const OfficeRepository& repository,
                                         const GroupId& group,
                                         const std::vector<TakedownId>& acts) {
  const Result<std::vector<TakedownAct>> known = desk.releases.acts();
  if (!known.ok()) return known.error();
  for (const TakedownId& id : acts) {
    const auto is_it = [&](const TakedownAct& act) { return act.id == id; };
    if (std::any_of(known->begin(), known->end(), is_it)) continue;
    return Error{ErrorKind::missing, "takedown " + id.text() + ": there is none"};
  }
  const Result<PublishedState> state = repository.published(desk.now);
  if (!state.ok()) return state.error();
  auto shown = read_publication(repository.folder(), *state, group);
  if (!shown.ok()) return shown.error();
  if (!*shown) {
    return Error{ErrorKind::missing, "group " + group.text() + ": shows nothing yet"};
  }
  const SubmissionChecks all_known{[](const GroupId&) { return true; },
                                   [](const PublishedFile&) { return true; }};
  auto draft = check_draft(**shown, all_known, desk.now);
  if (const auto* errors = std::get_if<DocumentErrors>(&draft)) {
    return Error{ErrorKind::malformed,
                 errors->front().pointer + ": " + errors->front().message};
  }
  return submit(desk, {group, std::get<CheckedDraft>(draft).document,
                       SubmissionOrigin::reinstatement, acts, ""});
}

std::vector<TakedownAct> still_hidden(const std::vector<TakedownAct>& acts,
                                      const std::vector<TakedownId>& reinstated) {
  const std::set<TakedownId> back(reinstated.begin(), reinstated.end());
  std::vector<TakedownAct> hidden;
  for (const TakedownAct& act : acts) {
    if (!back.contains(act.id)) hidden.push_back(act);
  }
  return hidden;
}

Result<std::vector<TakedownId>> read_reinstated(const std::string& publication) {
  const Result<JsonValue> json = parse_json(publication, {bounds::kDocumentBytes, 64});
  if (!json.ok()) return json.error();
  std::vector<TakedownId> ids;
  const JsonValue* list = json->find("reinstated");
  if (list == nullptr || list->array() == nullptr) return ids;
  for (const JsonValue& id : *list->array()) {
    if (id.string() != nullptr && is_valid_id(*id.string())) ids.emplace_back(*id.string());
  }
  return ids;
}

}  // namespace conglang::server
