#include "player/programme/item_resolver.h"

#include <algorithm>
#include <utility>

#include "player/programme/place_name.h"

namespace conglang::player {
namespace {

// Việt Nam has had this one offset, without summer time, since 1975.
constexpr std::chrono::hours kHanoiOffset{7};

std::optional<LocalDate> day_of(const std::optional<Instant>& instant) {
  if (!instant) return std::nullopt;
  return LocalDate{std::chrono::floor<std::chrono::days>(*instant + kHanoiOffset)};
}

template <typename Key, typename Thing>
std::map<Key, const Thing*> by_id(const std::vector<Thing>& things) {
  std::map<Key, const Thing*> index;
  for (const Thing& thing : things) index.emplace(thing.id, &thing);
  return index;
}

template <typename Key, typename Thing>
const Thing* find_in(const std::map<Key, const Thing*>& index, const Key& key) {
  const auto found = index.find(key);
  return found == index.end() ? nullptr : found->second;
}

// What logs call it: the asset when it is one, so that plays of one file add up.
std::string name_of(const Item& item) {
  if (const auto* video = std::get_if<VideoContent>(&item.content)) return video->asset.text();
  if (const auto* image = std::get_if<ImageContent>(&item.content)) return image->asset.text();
  if (const auto* card = std::get_if<EntryCardContent>(&item.content))
    return card->entry.text();
  return item.id.text();
}

// Where a person has to look for it.
std::string path_of(const Asset& asset) {
  if (const auto* source = std::get_if<SourceFile>(&asset.file)) return source->path;
  const auto& file = std::get<PublishedFile>(asset.file);
  return "assets/" + file.sha256.hex() + "." + file.extension;
}

LeftOut no_reference(const Item& item, const std::string& what) {
  return {LeftOutKind::missing_reference, item.id, what + ": not in the publication"};
}

}  // namespace

std::optional<HeldFile> find_held_file(const Asset& asset, const HeldAssets& held) {
  const auto* file = std::get_if<PublishedFile>(&asset.file);
  if (file == nullptr) return std::nullopt;
  const auto found = held.find(file->sha256);
  if (found == held.end()) return std::nullopt;
  return HeldFile{found->second, file->sha256, file->length};
}

ItemResolver::ItemResolver(const Publication& publication, FindFile find_file)
    : day_(day_of(publication.approved_at)),
      assets_(by_id<AssetId>(publication.assets)),
      entries_(by_id<EntryId>(publication.entries)),
      categories_(by_id<CategoryId>(publication.categories)),
      places_(by_id<PlaceId>(publication.places)),
      find_file_(std::move(find_file)) {}

std::optional<ShowItem> ItemResolver::resolve(const Playlist& playlist, const Item& item,
                                              std::vector<LeftOut>& left_out) const {
  Found found = std::visit([&](const auto& content) { return show(item, content, left_out); },
                           item.content);
  if (auto* why = std::get_if<LeftOut>(&found)) {
    left_out.push_back(std::move(*why));
    return std::nullopt;
  }
  ShowItem shown;
  shown.id = item.id;
  shown.name = name_of(item);
  shown.content = std::get<ShowContent>(std::move(found));
  shown.duration = item.duration;
  shown.transition = playlist.transition;
  shown.valid_from = item.valid_from;
  shown.valid_until = item.valid_until;
  shown.evergreen = item.evergreen;
  return shown;
}

ItemResolver::Found ItemResolver::show(const Item& item, const VideoContent& video,
                                       std::vector<LeftOut>&) const {
  auto file = file_of(item, video.asset);
  if (auto* why = std::get_if<LeftOut>(&file)) return std::move(*why);
  return ShowContent{ShowVideo{std::get<HeldFile>(std::move(file)), video.fit, video.sound}};
}

ItemResolver::Found ItemResolver::show(const Item& item, const ImageContent& image,
                                       std::vector<LeftOut>&) const {
  auto file = file_of(item, image.asset);
  if (auto* why = std::get_if<LeftOut>(&file)) return std::move(*why);
  return ShowContent{ShowImage{std::get<HeldFile>(std::move(file)), image.fit}};
}

ItemResolver::Found ItemResolver::show(const Item& item, const TextCardContent& card,
                                       std::vector<LeftOut>& left_out) const {
  return ShowContent{
      ShowTextCard{card.title, card.text, picture_of(item, card.background, left_out)}};
}

ItemResolver::Found ItemResolver::show(const Item& item, const EntryCardContent& card,
                                       std::vector<LeftOut>& left_out) const {
  const Entry* entry = find_in(entries_, card.entry);
  if (entry == nullptr) return no_reference(item, "entry " + card.entry.text());
  const Category* category = find_in(categories_, entry->category);
  if (category == nullptr) return no_reference(item, "category " + entry->category.text());
  ShowEntryCard shown;
  shown.category = category->title;
  shown.title = entry->title;
  shown.summary = entry->summary;
  shown.facts = entry->facts;
  shown.place = place_of(*entry);
  shown.link = entry->link;
  shown.picture = picture_of(item, entry->picture, left_out);
  return ShowContent{std::move(shown)};
}

ItemResolver::Found ItemResolver::show(const Item&, const CorrectionContent& correction,
                                       std::vector<LeftOut>&) const {
  return ShowContent{
      ShowNotice{{"Đính chính", {{"en", "Correction"}}}, correction.title, correction.text}};
}

ItemResolver::Found ItemResolver::show(const Item& item, const UnknownContent& unknown,
                                       std::vector<LeftOut>&) const {
  return LeftOut{LeftOutKind::unknown_kind, item.id, "kind " + unknown.kind};
}

std::variant<HeldFile, LeftOut> ItemResolver::file_of(const Item& item,
                                                      const AssetId& asset) const {
  const Asset* named = find_in(assets_, asset);
  if (named == nullptr) return no_reference(item, "asset " + asset.text());
  if (auto file = find_file_(*named)) return std::move(*file);
  return LeftOut{LeftOutKind::missing_file, item.id,
                 "asset " + asset.text() + ": " + path_of(*named)};
}

std::optional<HeldFile> ItemResolver::picture_of(const Item& item,
                                                 const std::optional<AssetId>& asset,
                                                 std::vector<LeftOut>& left_out) const {
  if (!asset) return std::nullopt;
  auto file = file_of(item, *asset);
  if (auto* held = std::get_if<HeldFile>(&file)) return std::move(*held);
  // The words of a card are worth showing without its picture.
  left_out.push_back(std::get<LeftOut>(std::move(file)));
  return std::nullopt;
}

std::optional<LocalizedText> ItemResolver::place_of(const Entry& entry) const {
  if (!entry.place) return std::nullopt;
  const Place* place = find_in(places_, *entry.place);
  if (place == nullptr || place->names.empty()) return std::nullopt;
  return place_name(*place, day_);
}

BuiltProgramme resolve_schedule(const Publication& publication, FindFile find_file) {
  const ItemResolver resolver(publication, std::move(find_file));
  BuiltProgramme built;
  built.programme.theme = publication.theme;
  built.programme.layouts = publication.layouts;
  built.programme.offline_until = publication.offline_until;
  for (const ScheduleRule& rule : publication.schedule) {
    const auto playlist =
        std::find_if(publication.playlists.begin(), publication.playlists.end(),
                     [&rule](const Playlist& named) { return named.id == rule.playlist; });
    if (playlist == publication.playlists.end()) continue;
    for (const Item& item : playlist->items) {
      auto shown = resolver.resolve(*playlist, item, built.left_out);
      if (shown) built.programme.items.push_back(std::move(*shown));
    }
  }
  return built;
}

}  // namespace conglang::player
