// Cards as playables: words and pictures laid out and drawn once, on the text thread.
#pragma once

#include <functional>
#include <memory>

#include "player/scene/card.h"
#include "player/stage/item_playables.h"

namespace conglang::player {

// Gives the engine, opening the fonts with the first card: a show of videos needs none.
// Called on the text thread only.
using OpenText = std::function<Result<TextEngine*>()>;

struct CardNeeds {
  OpenText open_text;
  CardStyle style;
  LanguageChoice language = LanguageChoice::both;
  CheckFile check_file;
  Size target;
};

// Requires: the content is a text card or an entry card.
std::unique_ptr<Playable> make_card_playable(const ShowItem& item, const CardNeeds& needs);

// The card that is shown when nothing else can be.
std::unique_ptr<Playable> make_built_in_card(const std::string& name, const CardNeeds& needs);

// A card that no item is.
std::unique_ptr<Playable> make_notice_playable(const CardContent& card, const CardNeeds& needs);

}  // namespace conglang::player
