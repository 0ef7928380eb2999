// Use cases of hiding: one person hides at once; only an approver's signature shows again.
#pragma once

#include <string>
#include <vector>

#include "content-server/publishing/office_repository.h"
#include "content-server/publishing/publishing_desk.h"

namespace conglang::server {

inline constexpr std::size_t kMostTakedownActs = 10000;
inline constexpr std::int64_t kMostTakedownReason = 500;  // characters

struct NewTakedown {
  HiddenKind kind = HiddenKind::item;
  std::string target_id;
  std::string reason;
};

// Keeps the act. It is published when it is kept, so that no kiosk learns of one that the
// office does not know; and it is published at the next start when that was cut short.
// Fails: malformed; too_large with 10,000 acts; conflict, code "nothing-published".
Result<TakedownAct> take_down(const PublishingDesk& desk, const OfficeRepository& repository,
                              const NewTakedown& next);

// A submission of what the group shows now, with the acts to be reinstated: an approver signs.
// Fails: missing for an unknown act, or a group that shows nothing.
Result<Submission> request_reinstatement(const PublishingDesk& desk,
                                         const OfficeRepository& repository,
                                         const GroupId& group,
                                         const std::vector<TakedownId>& acts);

// The bytes of takedown/list.json. Pure.
std::string write_takedown_list(const std::vector<TakedownAct>& acts);

// What is hidden on a group's screens: the acts but those that its publication reinstates.
std::vector<TakedownAct> still_hidden(const std::vector<TakedownAct>& acts,
                                      const std::vector<TakedownId>& reinstated);

// The member "reinstated" of a publication's bytes.
// Fails: malformed.
Result<std::vector<TakedownId>> read_reinstated(const std::string& publication);

}  // namespace conglang::server
