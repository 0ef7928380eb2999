// What an approver says on the screens at once: the target urgent/<id>.json.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "playlists/base/ids.h"
#include "playlists/base/localized_text.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang {

using UrgentId = Id<struct UrgentTag>;

inline constexpr std::string_view kUrgentFolder = "urgent/";

// Nothing urgent lasts longer: a forgotten message must not stay.
inline constexpr std::chrono::hours kMostUrgentLife{24};

struct UrgentMessage {
  UrgentId id;
  std::vector<GroupId> groups;  // whose screens show it; empty: all
  LocalizedText title;
  std::optional<LocalizedText> text;
  Instant approved_at{};
  Instant ends_at{};  // exclusive; at most 24 hours after approved_at

  bool operator==(const UrgentMessage&) const = default;
};

bool is_for(const UrgentMessage& message, const GroupId& group);

// From approved_at on, until ends_at.
bool is_active(const UrgentMessage& message, Instant now);

// "urgent/<id>.json"
std::string urgent_path(const UrgentId& id);

// {"format":1,"id":…,"groups":[…]?,"title":{…},"text":{…}?,"approved_at":…,"ends_at":…}
// Fails: malformed, naming the place; also when it ends before it begins or lasts too long.
Result<UrgentMessage> read_urgent_message(std::string_view bytes);

// What read_urgent_message() gives back is equal when the message keeps its rules.
std::string write_urgent_message(const UrgentMessage& message);

}  // namespace conglang
