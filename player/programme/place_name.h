// How a place is named to a visitor when its unit was merged or renamed.
#pragma once

#include <optional>

#include "playlists/base/localized_text.h"
#include "playlists/base/time.h"
#include "playlists/publication/publication.h"

namespace conglang::player {

// "xã Hòa Phong (nay thuộc phường Thượng Hồng)" / "Hòa Phong Commune (now part of Thượng
// Hồng Ward)": the name before, then the one that holds on `day`. One name alone when there
// was no other before; without a day, the last name is the one that holds. Languages other
// than Vietnamese and English name the present unit only.
// Requires: at least one name, oldest first (a checked publication has both).
LocalizedText place_name(const Place& place, std::optional<LocalDate> day);

}  // namespace conglang::player
