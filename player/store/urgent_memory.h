// The urgent messages that are signed for, read once and kept from then on.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "playlists/publication/urgent_message.h"
#include "playlists/trust/fault.h"
#include "playlists/trust/metadata_source.h"
#include "playlists/trust/verified_target.h"

namespace conglang::player {

// By target path, byte for byte.
using UrgentDocuments = std::map<std::string, std::string>;

struct UrgentNews {
  std::vector<UrgentMessage> messages;  // all that are signed for and could be read
  UrgentDocuments documents;            // of these
  std::vector<Fault> faults;
};

// What `kept` holds of them is proven again; the others come from `source`, unless it is
// nullptr. Of more than 20 the newest are taken: ids begin with the time of their making.
UrgentNews read_urgent(const VerifiedTargets& targets, const UrgentDocuments& kept,
                       MetadataSource* source);

// Those that the screens of `group` show now or later. Without a group: those for all.
std::vector<UrgentMessage> urgent_for(const std::vector<UrgentMessage>& messages,
                                      const std::optional<GroupId>& group, Instant now);

}  // namespace conglang::player
