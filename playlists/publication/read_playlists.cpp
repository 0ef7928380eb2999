#include "playlists/publication/bounds.h"
#include "playlists/publication/read_parts.h"

namespace conglang {
namespace {

FitMode read_fit(ObjectReader& item) {
  return item.optional_choice("fit", {"contain", "cover"}).value_or(0) == 0 ? FitMode::contain
                                                                            : FitMode::cover;
}

SoundUse read_sound(ObjectReader& item) {
  constexpr SoundUse kUses[] = {SoundUse::none, SoundUse::ambient, SoundUse::full};
  return kUses[item.optional_choice("sound", {"none", "ambient", "full"}).value_or(0)];
}

TextCardContent read_text_card(ObjectReader& item) {
  TextCardContent card;
  card.title = item.localized("title", bounds::kTitleCharacters);
  card.text = item.optional_localized("text", bounds::kTextCharacters);
  card.background = item.optional_id<AssetId>("background");
  return card;
}

CorrectionContent read_correction(ObjectReader& item) {
  CorrectionContent correction;
  correction.title = item.localized("title", bounds::kTitleCharacters);
  correction.text = item.localized("text", bounds::kTextCharacters);
  correction.corrects_item = item.optional_id<ItemId>("corrects_item");
  correction.corrects_entry = item.optional_id<EntryId>("corrects_entry");
  if (item.has("corrects_item") && item.has("corrects_entry")) {
    item.fault("corrects_entry", "stands beside corrects_item: a correction has one object");
  }
  if (!item.has("valid_until")) {
    item.fault("valid_until", "is missing: a correction does not stand for ever");
  }
  return correction;
}

ItemContent read_content(ObjectReader& item, const std::string& kind) {
  if (kind == "video") {
    return VideoContent{item.id<AssetId>("asset"), read_fit(item), read_sound(item)};
  }
  if (kind == "image") return ImageContent{item.id<AssetId>("asset"), read_fit(item)};
  if (kind == "text_card") return read_text_card(item);
  if (kind == "entry_card") return EntryCardContent{item.id<EntryId>("entry")};
  if (kind == "correction") return read_correction(item);
  return UnknownContent{kind};
}

Item read_item(const JsonValue& value, const std::string& pointer, DocumentErrors& errors) {
  ObjectReader reader(value, pointer, errors);
  Item item;
  item.id = reader.id<ItemId>("id");
  const std::string kind = reader.text("kind", bounds::kTitleCharacters);
  item.content = read_content(reader, kind);
  const auto duration = reader.optional_integer(
      "duration_ms", {bounds::kLeastDurationMs, bounds::kMostDurationMs});
  if (duration) item.duration = Milliseconds{*duration};
  const bool known = !std::holds_alternative<UnknownContent>(item.content);
  if (known && kind != "video" && !reader.has("duration_ms")) {
    reader.fault("duration_ms", "is missing: only a video ends by itself");
  }
  item.valid_from = reader.optional_instant("valid_from");
  item.valid_until = reader.optional_instant("valid_until");
  if (item.valid_from && item.valid_until && *item.valid_from >= *item.valid_until) {
    reader.fault("valid_until", "must be after valid_from", DocumentRule::validity);
  }
  item.owner = reader.optional_id<UnitId>("owner");
  item.evergreen = reader.optional_flag("evergreen");
  // The other members of an item kind of a later version are not ours to judge.
  if (known) reader.finish();
  return item;
}

Transition read_transition(ObjectReader& playlist) {
  Transition transition;
  auto reader = playlist.object("transition");
  if (!reader) return transition;
  if (reader->choice("kind", {"cut", "crossfade"}) == 1) {
    transition.kind = TransitionKind::crossfade;
    transition.duration =
        Milliseconds{reader->integer("duration_ms", {1, bounds::kMostFadeMs})};
  }
  reader->finish();
  return transition;
}

}  // namespace

Playlist read_playlist(const JsonValue& value, const std::string& pointer,
                       DocumentErrors& errors) {
  ObjectReader reader(value, pointer, errors);
  Playlist playlist;
  playlist.id = reader.id<PlaylistId>("id");
  playlist.title = reader.localized("title", bounds::kTitleCharacters);
  playlist.layout = reader.id<LayoutId>("layout");
  playlist.transition = read_transition(reader);
  reader.list("items", {0, bounds::kItems}, [&](const JsonValue& item, const std::string& at) {
    playlist.items.push_back(read_item(item, at, errors));
  });
  reader.finish();
  return playlist;
}

ScheduleRule read_rule(const JsonValue& value, const std::string& pointer,
                       DocumentErrors& errors) {
  ObjectReader reader(value, pointer, errors);
  ScheduleRule rule;
  rule.playlist = reader.id<PlaylistId>("playlist");
  reader.choice("when", {"always"});
  reader.finish();
  return rule;
}

}  // namespace conglang
