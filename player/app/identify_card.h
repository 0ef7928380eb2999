// Which screen this is, in large letters, for whoever stands before a wall of them.
#pragma once

#include "player/identity/enrolment.h"
#include "player/scene/card.h"

namespace conglang::player {

// Only what an officer granted when this kiosk was enrolled. What the server says later is
// signed by nobody: whoever holds it could write whatever they like on every screen.
NoticeCard identify_card(const Enrolment& enrolment);

}  // namespace conglang::player
