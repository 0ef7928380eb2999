#include "playlists/publication/hidden_targets.h"

#include <variant>

namespace conglang {
namespace {

class Hider {
 public:
  explicit Hider(const HiddenTargets& hidden) : hidden_(hidden) {}

  void hide_in(Publication& publication) {
    for (const Entry& entry : publication.entries) {
      if (hides(entry)) entries_.insert(entry.id);
    }
    std::erase_if(publication.entries, [&](const Entry& entry) { return hides(entry); });
    for (Entry& entry : publication.entries) hide_in(entry);
    for (Playlist& playlist : publication.playlists) {
      std::erase_if(playlist.items, [&](const Item& item) { return hides(item); });
    }
    std::erase_if(publication.assets, [&](const Asset& asset) { return is_hidden(asset.id); });
  }

 private:
  bool is_hidden(const AssetId& asset) const { return hidden_.assets.contains(asset); }

  // Its card would show the picture.
  bool hides(const Entry& entry) const {
    return hidden_.entries.contains(entry.id) || (entry.picture && is_hidden(*entry.picture));
  }

  void hide_in(Entry& entry) const {
    std::erase_if(entry.gallery, [&](const AssetId& asset) { return is_hidden(asset); });
    if (entry.video && is_hidden(*entry.video)) entry.video.reset();
  }

  bool hides(const Item& item) const {
    if (hidden_.items.contains(item.id)) return true;
    if (const auto* video = std::get_if<VideoContent>(&item.content)) {
      return is_hidden(video->asset);
    }
    if (const auto* image = std::get_if<ImageContent>(&item.content)) {
      return is_hidden(image->asset);
    }
    if (const auto* card = std::get_if<TextCardContent>(&item.content)) {
      return card->background && is_hidden(*card->background);
    }
    const auto* card = std::get_if<EntryCardContent>(&item.content);
    return card != nullptr && entries_.contains(card->entry);
  }

  const HiddenTargets& hidden_;
  std::set<EntryId> entries_;  // whose cards are hidden, for whatever reason
};

}  // namespace

HiddenTargets hidden_targets(const TakedownActs& acts,
                             const std::vector<TakedownId>& reinstated) {
  const std::set<TakedownId> back(reinstated.begin(), reinstated.end());
  HiddenTargets hidden;
  for (const TakedownAct& act : acts) {
    if (back.contains(act.id)) continue;
    switch (act.kind) {
      case TakedownKind::item:
        hidden.items.emplace(act.target_id);
        break;
      case TakedownKind::entry:
        hidden.entries.emplace(act.target_id);
        break;
      case TakedownKind::asset:
        hidden.assets.emplace(act.target_id);
        break;
    }
  }
  return hidden;
}

Publication without_hidden(const Publication& publication, const HiddenTargets& hidden) {
  Publication left = publication;
  Hider(hidden).hide_in(left);
  return left;
}

}  // namespace conglang
