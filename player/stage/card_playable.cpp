#include "player/stage/card_playable.h"

#include <utility>

#include "player/canvas/cpu/flatten.h"
#include "player/playback/still_playable.h"
#include "player/stage/card_preparation.h"

namespace conglang::player {
namespace {

Status check_picture(const std::optional<HeldFile>& picture, const CardNeeds& needs) {
  return picture ? needs.check_file(*picture) : Status{};
}

Result<FramePtr> draw(const CardContent& content, const CardNeeds& needs) {
  const auto text = needs.open_text();
  if (!text) return text.error();
  const auto card = compose_card(content, needs.style, needs.language, needs.target, **text);
  if (!card) return card.error();
  return flatten(card->list);
}

template <typename Card>
std::unique_ptr<Playable> make_card(Card card, std::optional<HeldFile> picture,
                                    const CardNeeds& needs) {
  return std::make_unique<StillPlayable>(
      [card = std::move(card), picture = std::move(picture), needs]() -> Result<FramePtr> {
        if (auto checked = check_picture(picture, needs); !checked) return checked.error();
        const auto content = load_card(card, needs.target);
        if (!content) return content.error();
        return draw(*content, needs);
      });
}

}  // namespace

std::unique_ptr<Playable> make_card_playable(const ShowItem& item, const CardNeeds& needs) {
  if (const auto* text = std::get_if<ShowTextCard>(&item.content)) {
    return make_card(*text, text->background, needs);
  }
  if (const auto* notice = std::get_if<ShowNotice>(&item.content)) {
    return make_card(*notice, std::nullopt, needs);
  }
  const auto& entry = std::get<ShowEntryCard>(item.content);
  return make_card(entry, entry.picture, needs);
}

std::unique_ptr<Playable> make_built_in_card(const std::string& name, const CardNeeds& needs) {
  return std::make_unique<StillPlayable>(
      [name, needs] { return draw(CardContent{BuiltInCard{name}}, needs); });
}

std::unique_ptr<Playable> make_notice_playable(const CardContent& card,
                                               const CardNeeds& needs) {
  return std::make_unique<StillPlayable>([card, needs] { return draw(card, needs); });
}

}  // namespace conglang::player
