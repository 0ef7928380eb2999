// What the office has hidden: the target takedown/list.json.
//
// A kiosk keeps every act that it has seen in a validly signed list; that one is missing from
// a later list shows nothing again. Only a publication, signed by an approver, takes it back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "playlists/base/ids.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang {

inline constexpr std::string_view kTakedownListPath = "takedown/list.json";

enum class TakedownKind { item, entry, asset };

// "item", "entry", "asset"
std::string_view to_string(TakedownKind kind);

struct TakedownAct {
  TakedownId id;
  TakedownKind kind = TakedownKind::item;
  std::string target_id;  // of the item, entry or asset; need not be in any publication
  Instant at{};
  std::string reason;  // at most 500 characters

  bool operator==(const TakedownAct&) const = default;
};

using TakedownActs = std::vector<TakedownAct>;

// {"format":1,"acts":[{"takedown_id":…,"kind":"item","target_id":…,"at":…,"reason":…}]}
// Fails: malformed, naming the place, also for more than 10,000 acts or one that comes twice.
Result<TakedownActs> read_takedown_list(std::string_view bytes);

// What read_takedown_list() gives back is equal when the acts keep its rules.
std::string write_takedown_list(const TakedownActs& acts);

}  // namespace conglang
