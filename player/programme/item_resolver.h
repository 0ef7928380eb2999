// Finds everything that one item of a publication needs: files, entry, category, place.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "player/programme/build_programme.h"

namespace conglang::player {

// The file of an asset on this disk, or nothing.
using FindFile = std::function<std::optional<HeldFile>(const Asset&)>;

// Of an asset in the published form, when it is among the held ones.
std::optional<HeldFile> find_held_file(const Asset& asset, const HeldAssets& held);

// Requires: the publication outlives it.
class ItemResolver {
 public:
  ItemResolver(const Publication& publication, FindFile find_file);

  // What is missing of it goes to `left_out`; nothing when the item cannot be shown at all.
  std::optional<ShowItem> resolve(const Playlist& playlist, const Item& item,
                                  std::vector<LeftOut>& left_out) const;

 private:
  using Found = std::variant<ShowContent, LeftOut>;

  Found show(const Item& item, const VideoContent& video, std::vector<LeftOut>&) const;
  Found show(const Item& item, const ImageContent& image, std::vector<LeftOut>&) const;
  Found show(const Item& item, const TextCardContent& card, std::vector<LeftOut>&) const;
  Found show(const Item& item, const EntryCardContent& card, std::vector<LeftOut>&) const;
  Found show(const Item& item, const CorrectionContent& correction,
             std::vector<LeftOut>&) const;
  Found show(const Item& item, const UnknownContent& unknown, std::vector<LeftOut>&) const;

  std::variant<HeldFile, LeftOut> file_of(const Item& item, const AssetId& asset) const;
  std::optional<HeldFile> picture_of(const Item& item, const std::optional<AssetId>& asset,
                                     std::vector<LeftOut>& left_out) const;
  std::optional<LocalizedText> place_of(const Entry& entry) const;

  std::optional<LocalDate> day_;  // of the approval, as the commune's calendar has it
  std::map<AssetId, const Asset*> assets_;
  std::map<EntryId, const Entry*> entries_;
  std::map<CategoryId, const Category*> categories_;
  std::map<PlaceId, const Place*> places_;
  FindFile find_file_;
};

// The items of all scheduled playlists, in the order of the schedule.
BuiltProgramme resolve_schedule(const Publication& publication, FindFile find_file);

}  // namespace conglang::player
