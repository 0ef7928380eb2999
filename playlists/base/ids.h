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

using AssetId = Id<struct AssetKind>;
using CategoryId = Id<struct CategoryKind>;
using EntryId = Id<struct EntryKind>;
using GroupId = Id<struct GroupKind>;
using ItemId = Id<struct ItemKind>;
using LayoutId = Id<struct LayoutKind>;
using PlaceId = Id<struct PlaceKind>;
using PlaylistId = Id<struct PlaylistKind>;
using PublicationId = Id<struct PublicationKind>;
using RegionId = Id<struct RegionKind>;
using UnitId = Id<struct UnitKind>;

}  // namespace conglang

template <typename Kind>
struct std::hash<conglang::Id<Kind>> {
  std::size_t operator()(const conglang::Id<Kind>& id) const {
    return std::hash<std::string>{}(id.text());
  }
};
