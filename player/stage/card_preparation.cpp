#include "player/stage/card_preparation.h"

#include <utility>

#include "player/media/still.h"

namespace conglang::player {
namespace {

Result<FramePtr> read_picture(const std::optional<HeldFile>& file, Size target) {
  if (!file) return FramePtr{};
  auto still = read_still(file->path, {target, StillFit::cover});
  if (!still) return still.error();
  return std::move(still->frame);
}

Color color_of(ThemeColor color) { return {color.red, color.green, color.blue, 255}; }

}  // namespace

Result<CardContent> load_card(const ShowTextCard& card, Size target) {
  auto background = read_picture(card.background, target);
  if (!background) return background.error();
  return CardContent{TextCard{card.title, card.text, std::move(*background)}};
}

Result<CardContent> load_card(const ShowEntryCard& card, Size target) {
  auto picture = read_picture(card.picture, picture_room(target));
  if (!picture) return picture.error();
  EntryCard made;
  made.category = card.category;
  made.title = card.title;
  made.summary = card.summary;
  for (const Fact& fact : card.facts) made.facts.push_back({fact.label, fact.value});
  made.place = card.place;
  made.link = card.link;
  made.picture = std::move(*picture);
  return CardContent{std::move(made)};
}

Result<CardContent> load_card(const ShowNotice& card, Size /*target*/) {
  NoticeCard made;
  made.label = card.label;
  made.title = card.title;
  made.text = card.text;
  return CardContent{std::move(made)};
}

CardStyle card_style(const Theme& theme) {
  return {color_of(theme.background), color_of(theme.surface), color_of(theme.text),
          color_of(theme.text_muted), color_of(theme.accent),  color_of(theme.accent_text)};
}

}  // namespace conglang::player
