// Units and who answers for them: one person at a time, with a deputy, handed over on a day.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "content-server/access/access_desk.h"
#include "playlists/base/result.h"

namespace conglang::server {

inline constexpr std::size_t kMostUnits = 500;

Result<Unit> add_unit(const AccessDesk& desk, const LocalizedText& name);

// Fails: missing; malformed.
Result<Unit> change_unit(const AccessDesk& desk, const UnitId& id, const LocalizedText& name,
                         bool is_closed);

// From `next.starts_at` on (now or later) the unit is `next`'s: whoever was responsible ends
// then, and what was planned for later is dropped.
// Fails: missing; malformed when it starts before now or ends before it starts, or when
// person and deputy are the same; conflict when one of them is closed.
Result<Unit> hand_over(const AccessDesk& desk, const UnitId& id, const Responsibility& next);

// Who answers at `now`. Pure.
const Responsibility* responsible_at(const Unit& unit, Instant now);

enum class UnitWarning {
  none,
  nobody,         // nobody answers for it
  person_closed,  // who answers has no account any more
  ends_soon,      // within 14 days, and nobody follows
};

// Pure. `people`: everybody.
UnitWarning unit_warning(const Unit& unit, const std::vector<Person>& people, Instant now);
std::string_view to_string(UnitWarning warning);

}  // namespace conglang::server
