// Groups, sites, and which kiosk belongs where.
#pragma once

#include "content-server/kiosks/enrolments.h"
#include "content-server/kiosks/kiosk_desk.h"

namespace conglang::server {

inline constexpr std::size_t kMostPlaces = 200;  // groups, and as many sites

// New, or under another name. Fail: malformed for the id; too_large.
Status keep_group(const KioskDesk& desk, const Group& group);
Status keep_site(const KioskDesk& desk, const Site& site);

// Fails: missing; malformed as confirm_enrolment().
Result<Kiosk> change_kiosk(const KioskDesk& desk, const KioskId& id, const NewKiosk& next);

// Fails: malformed for the name, or for a group or site that is not there.
Status check_place(const KioskDesk& desk, const NewKiosk& kiosk);

}  // namespace conglang::server
