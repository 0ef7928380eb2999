#include "playlists/publication/write_publication.h"

#include <cstdio>

#include "playlists/publication/write_parts.h"

namespace conglang {
namespace {

template <typename Things, typename Write>
JsonValue list_of(const Things& things, Write write) {
  JsonArray list;
  for (const auto& thing : things) list.push_back(write(thing));
  return list;
}

void add(JsonObject& object, const char* name, JsonValue value) {
  object.emplace_back(name, std::move(value));
}

JsonValue written(const LocalizedText& text) { return write_localized(text); }

void add_optional(JsonObject& object, const char* name,
                  const std::optional<LocalizedText>& text) {
  if (text) add(object, name, written(*text));
}

void add_optional(JsonObject& object, const char* name, const std::optional<Instant>& instant) {
  if (instant) add(object, name, format_instant(*instant));
}

void add_optional(JsonObject& object, const char* name, const std::optional<LocalDate>& date) {
  if (date) add(object, name, format_local_date(*date));
}

template <typename Kind>
void add_optional(JsonObject& object, const char* name, const std::optional<Id<Kind>>& id) {
  if (id) add(object, name, id->text());
}

JsonValue written(const ThemeColor& color) {
  char text[8];
  std::snprintf(text, sizeof text, "#%02x%02x%02x", color.red, color.green, color.blue);
  return std::string(text);
}

JsonValue written(const Theme& theme) {
  JsonObject object;
  add(object, "background", written(theme.background));
  add(object, "surface", written(theme.surface));
  add(object, "text", written(theme.text));
  add(object, "text_muted", written(theme.text_muted));
  add(object, "accent", written(theme.accent));
  add(object, "accent_text", written(theme.accent_text));
  return object;
}

JsonValue written(const Region& region) {
  return JsonObject{{"id", region.id.text()},
                    {"x", region.x},
                    {"y", region.y},
                    {"width", region.width},
                    {"height", region.height}};
}

JsonValue written(const LayoutVariant& variant) {
  return JsonObject{{"width", variant.width},
                    {"height", variant.height},
                    {"regions", list_of(variant.regions,
                                        [](const Region& region) { return written(region); })}};
}

JsonValue written(const Layout& layout) {
  JsonObject object;
  add(object, "id", layout.id.text());
  if (layout.landscape) add(object, "landscape", written(*layout.landscape));
  if (layout.portrait) add(object, "portrait", written(*layout.portrait));
  return object;
}

JsonValue written(const Asset& asset) {
  JsonObject object;
  add(object, "id", asset.id.text());
  add(object, "kind", asset.kind == AssetKind::image ? "image" : "video");
  if (const auto* source = std::get_if<SourceFile>(&asset.file)) {
    add(object, "path", source->path);
  } else {
    const auto& published = std::get<PublishedFile>(asset.file);
    add(object, "sha256", published.sha256.hex());
    add(object, "length", published.length);
    add(object, "extension", published.extension);
  }
  add_optional(object, "description", asset.description);
  add(object, "credit", asset.credit);
  add(object, "licence", asset.licence);
  return object;
}

JsonValue written(const PlaceName& name) {
  JsonObject object;
  add(object, "name", written(name.name));
  add_optional(object, "valid_from", name.valid_from);
  add_optional(object, "valid_until", name.valid_until);
  return object;
}

JsonValue written(const Place& place) {
  return JsonObject{
      {"id", place.id.text()},
      {"names", list_of(place.names, [](const PlaceName& name) { return written(name); })}};
}

JsonValue written(const Category& category) {
  return JsonObject{{"id", category.id.text()}, {"title", written(category.title)}};
}

JsonValue written(const Fact& fact) {
  JsonObject object;
  add(object, "label", written(fact.label));
  add(object, "value", written(fact.value));
  add_optional(object, "as_of", fact.as_of);
  return object;
}

JsonValue written(const Entry& entry) {
  JsonObject object;
  add(object, "id", entry.id.text());
  add(object, "category", entry.category.text());
  add(object, "title", written(entry.title));
  add(object, "summary", written(entry.summary));
  add_optional(object, "body", entry.body);
  add_optional(object, "picture", entry.picture);
  if (!entry.gallery.empty()) {
    add(object, "gallery",
        list_of(entry.gallery, [](const AssetId& id) { return JsonValue(id.text()); }));
  }
  add_optional(object, "video", entry.video);
  if (!entry.facts.empty()) {
    add(object, "facts", list_of(entry.facts, [](const Fact& fact) { return written(fact); }));
  }
  add_optional(object, "place", entry.place);
  if (entry.link) add(object, "link", *entry.link);
  add(object, "provenance", entry.provenance);
  return object;
}

const char* word_of(FitMode fit) { return fit == FitMode::contain ? "contain" : "cover"; }

const char* word_of(SoundUse sound) {
  switch (sound) {
    case SoundUse::none:
      return "none";
    case SoundUse::ambient:
      return "ambient";
    case SoundUse::full:
      return "full";
  }
  return "none";
}

struct AddContent {
  JsonObject& object;

  void operator()(const VideoContent& video) const {
    add(object, "kind", "video");
    add(object, "asset", video.asset.text());
    add(object, "fit", word_of(video.fit));
    add(object, "sound", word_of(video.sound));
  }
  void operator()(const ImageContent& image) const {
    add(object, "kind", "image");
    add(object, "asset", image.asset.text());
    add(object, "fit", word_of(image.fit));
  }
  void operator()(const TextCardContent& card) const {
    add(object, "kind", "text_card");
    add(object, "title", written(card.title));
    add_optional(object, "text", card.text);
    add_optional(object, "background", card.background);
  }
  void operator()(const EntryCardContent& card) const {
    add(object, "kind", "entry_card");
    add(object, "entry", card.entry.text());
  }
  void operator()(const CorrectionContent& correction) const {
    add(object, "kind", "correction");
    add(object, "title", written(correction.title));
    add(object, "text", written(correction.text));
    add_optional(object, "corrects_item", correction.corrects_item);
    add_optional(object, "corrects_entry", correction.corrects_entry);
  }
  void operator()(const UnknownContent& unknown) const { add(object, "kind", unknown.kind); }
};

JsonValue written(const Item& item) {
  JsonObject object;
  add(object, "id", item.id.text());
  std::visit(AddContent{object}, item.content);
  if (item.duration) add(object, "duration_ms", std::int64_t{item.duration->count()});
  add_optional(object, "valid_from", item.valid_from);
  add_optional(object, "valid_until", item.valid_until);
  add_optional(object, "owner", item.owner);
  if (item.evergreen) add(object, "evergreen", true);
  return object;
}

JsonValue written(const Transition& transition) {
  if (transition.kind == TransitionKind::cut) return JsonObject{{"kind", "cut"}};
  return JsonObject{{"kind", "crossfade"},
                    {"duration_ms", std::int64_t{transition.duration.count()}}};
}

JsonValue written(const Playlist& playlist) {
  return JsonObject{
      {"id", playlist.id.text()},
      {"title", written(playlist.title)},
      {"layout", playlist.layout.text()},
      {"transition", written(playlist.transition)},
      {"items", list_of(playlist.items, [](const Item& item) { return written(item); })}};
}

JsonValue written(const ScheduleRule& rule) {
  return JsonObject{{"playlist", rule.playlist.text()}, {"when", "always"}};
}

}  // namespace

JsonValue write_localized(const LocalizedText& text) {
  JsonObject object;
  add(object, "vi", text.vi);
  for (const auto& [language, words] : text.others) object.emplace_back(language, words);
  return object;
}

JsonValue write_publication(const Publication& publication) {
  const auto write = [](const auto& thing) { return written(thing); };
  JsonObject object;
  add(object, "format", publication.format);
  add(object, "id", publication.id.text());
  add(object, "group", publication.group.text());
  add(object, "title", written(publication.title));
  add_optional(object, "approved_at", publication.approved_at);
  add_optional(object, "offline_until", publication.offline_until);
  if (!publication.reinstated.empty()) {
    add(object, "reinstated", list_of(publication.reinstated, [](const TakedownId& id) {
          return JsonValue(id.text());
        }));
  }
  add(object, "theme", written(publication.theme));
  add(object, "layouts", list_of(publication.layouts, write));
  add(object, "assets", list_of(publication.assets, write));
  if (!publication.places.empty()) add(object, "places", list_of(publication.places, write));
  if (!publication.link_domains.empty()) {
    add(object, "link_domains",
        list_of(publication.link_domains,
                [](const std::string& domain) { return JsonValue(domain); }));
  }
  add(object, "categories", list_of(publication.categories, write));
  add(object, "entries", list_of(publication.entries, write));
  add(object, "playlists", list_of(publication.playlists, write));
  add(object, "schedule", list_of(publication.schedule, write));
  return object;
}

}  // namespace conglang
