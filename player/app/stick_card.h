// What whoever stands at the kiosk with a stick is told, in both languages.
#pragma once

#include <optional>

#include "player/scene/card.h"
#include "player/sync/stick_reading.h"

namespace conglang::player {

// Nothing about a stick that our office did not sign: a stranger's stick draws no card.
std::optional<NoticeCard> stick_card(const StickReport& report);

}  // namespace conglang::player
