// Makes a card ready to be composed: its words as they are, its picture read from disk.
#pragma once

#include "player/programme/show_item.h"
#include "player/scene/card.h"

namespace conglang::player {

// Pictures are read as large as the card of `target` shows them.
// Fails: as read_still().
Result<CardContent> load_card(const ShowTextCard& card, Size target);
Result<CardContent> load_card(const ShowEntryCard& card, Size target);
Result<CardContent> load_card(const ShowNotice& card, Size target);

CardStyle card_style(const Theme& theme);

}  // namespace conglang::player
