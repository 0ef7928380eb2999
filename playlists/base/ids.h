// Names of things: one type per kind, so that an item is never taken for a playlist.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace conglang {

// True for [a-z0-9][a-z0-9-]{0,62}: a lower-case slug or a UUID.
bool is_valid_id(std::string_view text);

template <typename Kind>
class Id {
 public:
  Id() = default;
  explicit Id(std::string text) : text_(std::move(text)) {}

  const std::string& text() const { return text_; }
  auto operator<=>(const Id&) const = default;

 private:
  std::string text_;
};

using AssetId = Id<struct AssetTag>;
using CategoryId = Id<struct CategoryTag>;
using EntryId = Id<struct EntryTag>;
using GroupId = Id<struct GroupTag>;
using ItemId = Id<struct ItemTag>;
using KioskId = Id<struct KioskTag>;
using LayoutId = Id<struct LayoutTag>;
using PlaceId = Id<struct PlaceTag>;
using PlaylistId = Id<struct PlaylistTag>;
using PublicationId = Id<struct PublicationTag>;
using RegionId = Id<struct RegionTag>;
using PersonId = Id<struct PersonTag>;
using SiteId = Id<struct SiteTag>;
using TakedownId = Id<struct TakedownTag>;
using UnitId = Id<struct UnitTag>;

}  // namespace conglang

template <typename Kind>
struct std::hash<conglang::Id<Kind>> {
  std::size_t operator()(const conglang::Id<Kind>& id) const {
    return std::hash<std::string>{}(id.text());
  }
};
