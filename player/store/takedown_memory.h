// Every act of hiding that this kiosk has ever seen in a validly signed list.
//
// Pure. An emptier, older, expired, missing or broken list shows nothing again: what was seen
// stays seen. Only the newest publication of the kiosk's group, which an approver signed,
// takes acts back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "playlists/base/result.h"
#include "playlists/publication/takedown_list.h"
#include "playlists/trust/fault.h"

namespace conglang::player {

struct HeardTakedowns {
  TakedownActs seen;          // in the order in which they were seen, without their reasons
  std::vector<Fault> faults;  // rollback: acts are listed no longer; endless_data: too many
};

// What was seen before and what `list` says. Acts that are taken back are forgotten only to
// make room: beyond 10,000 of them the rest is not kept, and a fault says so.
HeardTakedowns hear_takedowns(const TakedownActs& seen, const TakedownActs& list,
                              const std::vector<TakedownId>& reinstated);

// One line for each act: "<id> <kind> <target id> <at>".
std::string write_seen_takedowns(const TakedownActs& seen);
// Fails: malformed.
Result<TakedownActs> read_seen_takedowns(std::string_view text);

}  // namespace conglang::player
