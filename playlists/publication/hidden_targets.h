// What must not be shown of a publication, and the publication without it.
//
// Pure. It only ever takes away, so what is left of a verified publication is as verified.
#pragma once

#include <set>
#include <vector>

#include "playlists/base/ids.h"
#include "playlists/publication/publication.h"
#include "playlists/publication/takedown_list.h"

namespace conglang {

struct HiddenTargets {
  std::set<ItemId> items;
  std::set<EntryId> entries;
  std::set<AssetId> assets;

  bool empty() const { return items.empty() && entries.empty() && assets.empty(); }
  bool operator==(const HiddenTargets&) const = default;
};

// The targets of all acts but those that are reinstated.
HiddenTargets hidden_targets(const TakedownActs& acts,
                             const std::vector<TakedownId>& reinstated);

// Without the hidden items, the cards of hidden entries, and whatever uses a hidden asset.
Publication without_hidden(const Publication& publication, const HiddenTargets& hidden);

}  // namespace conglang
