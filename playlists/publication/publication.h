// Everything one kiosk group needs to show, as plain values.
//
// These are values only: reading and writing them is read_publication.h, the
// rules over the whole document are check_publication.h, and the form in JSON is
// described for people and other programs in ../schema/publication.schema.json.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "playlists/base/ids.h"
#include "playlists/base/localized_text.h"
#include "playlists/base/sha256.h"
#include "playlists/base/time.h"

namespace conglang {

// --- files ---

// Where an asset's bytes are, in the source form: a path below the asset roots.
struct SourceFile {
  std::string path;
  bool operator==(const SourceFile&) const = default;
};

// Where an asset's bytes are, in the published form: the target assets/<sha256>.<extension>.
struct PublishedFile {
  Sha256Digest sha256;
  std::int64_t length = 0;  // bytes
  std::string extension;    // "mp4", "jpg", "png", "webp"
  bool operator==(const PublishedFile&) const = default;
};

enum class AssetKind { image, video };

struct Asset {
  AssetId id;
  AssetKind kind = AssetKind::image;
  std::variant<SourceFile, PublishedFile> file;
  std::optional<LocalizedText> description;  // what is to be seen, for those who cannot see it
  std::string credit;                        // who made it
  std::string licence;                       // "CC-BY-4.0", ...
  bool operator==(const Asset&) const = default;
};

// --- appearance ---

struct ThemeColor {
  std::uint8_t red = 0, green = 0, blue = 0;  // sRGB; in JSON "#rrggbb"
  bool operator==(const ThemeColor&) const = default;
};

// The colours that cards and the built-in card are drawn with.
struct Theme {
  ThemeColor background;   // behind everything
  ThemeColor surface;      // a panel on the background
  ThemeColor text;         // Vietnamese, on background and surface
  ThemeColor text_muted;   // the second language, labels
  ThemeColor accent;       // lines, category names
  ThemeColor accent_text;  // words on accent
  bool operator==(const Theme&) const = default;
};

struct Region {
  RegionId id;                              // "main" is the one a playlist fills
  int x = 0, y = 0, width = 0, height = 0;  // pixels of the layout's own canvas
  bool operator==(const Region&) const = default;
};

// One orientation of a layout: 1920x1080 or 1080x1920.
struct LayoutVariant {
  int width = 0, height = 0;
  std::vector<Region> regions;
  bool operator==(const LayoutVariant&) const = default;
};

struct Layout {
  LayoutId id;
  std::optional<LayoutVariant> landscape;  // at least one of the two
  std::optional<LayoutVariant> portrait;
  bool operator==(const Layout&) const = default;
};

// --- the commune and its units, as data with dates (units are merged and renamed) ---

struct PlaceName {
  LocalizedText name;  // "xã Hòa Phong"
  std::optional<LocalDate> valid_from;
  std::optional<LocalDate> valid_until;  // the first day on which it no longer holds
  bool operator==(const PlaceName&) const = default;
};

struct Place {
  PlaceId id;
  std::vector<PlaceName> names;  // oldest first, at least one
  bool operator==(const Place&) const = default;
};

// --- catalogue ---

struct Category {
  CategoryId id;
  LocalizedText title;
  bool operator==(const Category&) const = default;
};

struct Fact {
  LocalizedText label;
  LocalizedText value;
  std::optional<LocalDate> as_of;
  bool operator==(const Fact&) const = default;
};

// One subject of the catalogue in all its languages.
struct Entry {
  EntryId id;
  CategoryId category;
  LocalizedText title;
  LocalizedText summary;
  std::optional<LocalizedText> body;
  std::optional<AssetId> picture;  // shown on its card
  std::vector<AssetId> gallery;
  std::optional<AssetId> video;
  std::vector<Fact> facts;
  std::optional<PlaceId> place;
  std::optional<std::string> link;  // https, of a domain in Publication::link_domains; a QR
  std::string provenance;           // where the facts come from
  bool operator==(const Entry&) const = default;
};

// --- playing ---

enum class FitMode { contain, cover };
enum class SoundUse { none, ambient, full };

struct VideoContent {
  AssetId asset;
  FitMode fit = FitMode::contain;
  SoundUse sound = SoundUse::none;
  bool operator==(const VideoContent&) const = default;
};

struct ImageContent {
  AssetId asset;
  FitMode fit = FitMode::contain;
  bool operator==(const ImageContent&) const = default;
};

struct TextCardContent {
  LocalizedText title;
  std::optional<LocalizedText> text;
  std::optional<AssetId> background;
  bool operator==(const TextCardContent&) const = default;
};

struct EntryCardContent {
  EntryId entry;
  bool operator==(const EntryCardContent&) const = default;
};

// Sets right something that was shown: what exactly may be named, although it is not in this
// document any more. At most one of the two.
struct CorrectionContent {
  LocalizedText title;
  LocalizedText text;
  std::optional<ItemId> corrects_item;
  std::optional<EntryId> corrects_entry;
  bool operator==(const CorrectionContent&) const = default;
};

// A kind that this version does not know: skipped with an event, never an error.
struct UnknownContent {
  std::string kind;
  bool operator==(const UnknownContent&) const = default;
};

using ItemContent = std::variant<VideoContent, ImageContent, TextCardContent, EntryCardContent,
                                 CorrectionContent, UnknownContent>;

// One thing that plays, at one place of a playlist.
struct Item {
  ItemId id;
  ItemContent content;
  std::optional<Milliseconds> duration;  // required for all but video, which ends by itself
  std::optional<Instant> valid_from;
  std::optional<Instant> valid_until;  // exclusive; required for a correction
  std::optional<UnitId> owner;
  bool evergreen = false;  // may still be shown when everything else has expired
  bool operator==(const Item&) const = default;
};

enum class TransitionKind { cut, crossfade };

struct Transition {
  TransitionKind kind = TransitionKind::cut;
  Milliseconds duration{0};  // 0 for a cut
  bool operator==(const Transition&) const = default;
};

struct Playlist {
  PlaylistId id;
  LocalizedText title;
  LayoutId layout;
  Transition transition;
  std::vector<Item> items;
  bool operator==(const Playlist&) const = default;
};

// When a playlist may play. This form knows one rule; playlists whose rules hold
// at the same time play one after another, in the order of the rules.
enum class ScheduleWhen { always };

struct ScheduleRule {
  PlaylistId playlist;
  ScheduleWhen when = ScheduleWhen::always;
  bool operator==(const ScheduleRule&) const = default;
};

struct Publication {
  int format = 1;
  PublicationId id;
  GroupId group;
  LocalizedText title;  // "Xã Hòa Phong"
  // Signed by the approver; absent in the source form, required in the published form.
  std::optional<Instant> approved_at;
  std::optional<Instant> offline_until;  // until then it plays without any server
  std::vector<TakedownId> reinstated;    // all acts of hiding that an approver took back
  Theme theme;
  std::vector<Layout> layouts;
  std::vector<Asset> assets;
  std::vector<Place> places;
  std::vector<std::string> link_domains;  // "hungyentourism.com.vn"
  std::vector<Category> categories;
  std::vector<Entry> entries;
  std::vector<Playlist> playlists;
  std::vector<ScheduleRule> schedule;
  bool operator==(const Publication&) const = default;
};

}  // namespace conglang
