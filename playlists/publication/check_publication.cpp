#include "playlists/publication/check_publication.h"

#include <algorithm>
#include <map>
#include <set>

#include "playlists/base/object_reader.h"

namespace conglang {
namespace {

std::string at(std::string_view list, std::size_t index) {
  return "/" + std::string(list) + "/" + std::to_string(index);
}

// The host of an https link, in the form in which domains are listed.
std::string_view host_of(std::string_view link) {
  link.remove_prefix(std::string_view("https://").size());
  return link.substr(0, link.find_first_of("/?#"));
}

class Checker {
 public:
  Checker(const Publication& publication, PublicationForm form, DocumentErrors& errors)
      : publication_(publication), form_(form), errors_(errors) {}

  void check() {
    check_unique("layouts", publication_.layouts);
    check_unique("assets", publication_.assets);
    check_unique("places", publication_.places);
    check_unique("categories", publication_.categories);
    check_unique("entries", publication_.entries);
    check_unique("playlists", publication_.playlists);
    for (const Asset& asset : publication_.assets) kinds_.emplace(asset.id, asset.kind);
    for (const Entry& entry : publication_.entries) entries_.insert(entry.id);
    check_reinstated();
    check_form();
    check_layouts();
    check_entries();
    check_playlists();
    check_schedule();
  }

 private:
  void fault(std::string pointer, std::string message, DocumentRule rule) {
    add_error(errors_, {std::move(pointer), std::move(message), rule});
  }

  template <typename Things>
  void check_unique(std::string_view list, const Things& things) {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < things.size(); ++i) {
      if (seen.insert(things[i].id.text()).second) continue;
      fault(at(list, i) + "/id", "\"" + things[i].id.text() + "\" is there already",
            DocumentRule::unique_id);
    }
  }

  template <typename Things, typename Id>
  bool holds(const Things& things, const Id& id) const {
    return std::ranges::any_of(things, [&](const auto& thing) { return thing.id == id; });
  }

  void check_reinstated() {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < publication_.reinstated.size(); ++i) {
      const std::string& id = publication_.reinstated[i].text();
      if (seen.insert(id).second) continue;
      fault(at("reinstated", i), "\"" + id + "\" is there already", DocumentRule::unique_id);
    }
  }

  void check_form() {
    for (std::size_t i = 0; i < publication_.assets.size(); ++i) {
      const bool published = std::holds_alternative<PublishedFile>(publication_.assets[i].file);
      if (published == (form_ == PublicationForm::published)) continue;
      fault(at("assets", i),
            "one file by path and another by digest: a document is one or the other",
            DocumentRule::one_form);
    }
    if (form_ == PublicationForm::source) return;
    if (!publication_.approved_at) {
      fault("/approved_at", "is missing in the published form", DocumentRule::one_form);
    }
    if (!publication_.offline_until) {
      fault("/offline_until", "is missing in the published form", DocumentRule::one_form);
    }
  }

  void check_variant(const std::string& pointer, const std::optional<LayoutVariant>& variant) {
    if (!variant) return;
    bool has_main = false;
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < variant->regions.size(); ++i) {
      const Region& region = variant->regions[i];
      const std::string place = pointer + at("regions", i);
      if (!seen.insert(region.id.text()).second) {
        fault(place + "/id", "\"" + region.id.text() + "\" is there already",
              DocumentRule::unique_id);
      }
      has_main = has_main || region.id.text() == "main";
      if (region.x + region.width > variant->width ||
          region.y + region.height > variant->height) {
        fault(place, "reaches over the edge of the layout", DocumentRule::main_region);
      }
    }
    if (!has_main) {
      fault(pointer + "/regions", "no region \"main\", which a playlist fills",
            DocumentRule::main_region);
    }
  }

  void check_layouts() {
    for (std::size_t i = 0; i < publication_.layouts.size(); ++i) {
      check_variant(at("layouts", i) + "/landscape", publication_.layouts[i].landscape);
      check_variant(at("layouts", i) + "/portrait", publication_.layouts[i].portrait);
    }
  }

  void check_asset(const std::string& pointer, const AssetId& id, AssetKind wanted) {
    const auto found = kinds_.find(id);
    if (found == kinds_.end()) {
      fault(pointer, "no asset \"" + id.text() + "\"", DocumentRule::dangling_reference);
    } else if (found->second != wanted) {
      fault(pointer,
            "\"" + id.text() + "\" is " +
                (wanted == AssetKind::image ? "a video, no image" : "an image, no video"),
            DocumentRule::asset_use);
    }
  }

  void check_entry(const std::string& pointer, const Entry& entry) {
    if (!holds(publication_.categories, entry.category)) {
      fault(pointer + "/category", "no category \"" + entry.category.text() + "\"",
            DocumentRule::dangling_reference);
    }
    if (entry.picture) check_asset(pointer + "/picture", *entry.picture, AssetKind::image);
    if (entry.video) check_asset(pointer + "/video", *entry.video, AssetKind::video);
    for (std::size_t i = 0; i < entry.gallery.size(); ++i) {
      check_asset(pointer + at("gallery", i), entry.gallery[i], AssetKind::image);
    }
    if (entry.place && !holds(publication_.places, *entry.place)) {
      fault(pointer + "/place", "no place \"" + entry.place->text() + "\"",
            DocumentRule::dangling_reference);
    }
    if (entry.link && std::ranges::find(publication_.link_domains, host_of(*entry.link)) ==
                          publication_.link_domains.end()) {
      fault(pointer + "/link", "its domain is not in link_domains", DocumentRule::link_domain);
    }
  }

  void check_entries() {
    for (std::size_t i = 0; i < publication_.entries.size(); ++i) {
      check_entry(at("entries", i), publication_.entries[i]);
    }
  }

  void check_item(const std::string& pointer, const Item& item) {
    if (!item_ids_.insert(item.id.text()).second) {
      fault(pointer + "/id",
            "\"" + item.id.text() + "\" is there already: plays are counted by it",
            DocumentRule::unique_id);
    }
    if (const auto* video = std::get_if<VideoContent>(&item.content)) {
      check_asset(pointer + "/asset", video->asset, AssetKind::video);
    } else if (const auto* image = std::get_if<ImageContent>(&item.content)) {
      check_asset(pointer + "/asset", image->asset, AssetKind::image);
    } else if (const auto* card = std::get_if<TextCardContent>(&item.content)) {
      if (card->background)
        check_asset(pointer + "/background", *card->background, AssetKind::image);
    } else if (const auto* entry = std::get_if<EntryCardContent>(&item.content)) {
      if (!entries_.contains(entry->entry)) {
        fault(pointer + "/entry", "no entry \"" + entry->entry.text() + "\"",
              DocumentRule::dangling_reference);
      }
    }
  }

  void check_playlists() {
    for (std::size_t i = 0; i < publication_.playlists.size(); ++i) {
      const Playlist& playlist = publication_.playlists[i];
      const std::string pointer = at("playlists", i);
      if (!holds(publication_.layouts, playlist.layout)) {
        fault(pointer + "/layout", "no layout \"" + playlist.layout.text() + "\"",
              DocumentRule::dangling_reference);
      }
      for (std::size_t k = 0; k < playlist.items.size(); ++k) {
        check_item(pointer + at("items", k), playlist.items[k]);
      }
    }
  }

  // What the schedule leads to: an endless loop over nothing would leave a screen empty,
  // and without an evergreen item nothing is left when everything else has expired.
  void check_schedule() {
    bool something = false, evergreen = false;
    for (std::size_t i = 0; i < publication_.schedule.size(); ++i) {
      const auto playlist = std::ranges::find(publication_.playlists,
                                              publication_.schedule[i].playlist, &Playlist::id);
      if (playlist == publication_.playlists.end()) {
        fault(at("schedule", i) + "/playlist",
              "no playlist \"" + publication_.schedule[i].playlist.text() + "\"",
              DocumentRule::dangling_reference);
        continue;
      }
      for (const Item& item : playlist->items) {
        const bool known = !std::holds_alternative<UnknownContent>(item.content);
        something = something || known;
        // A correction ends, whatever it says of itself.
        const bool ends = std::holds_alternative<CorrectionContent>(item.content);
        evergreen = evergreen || (known && !ends && item.evergreen);
      }
    }
    if (!something) {
      fault("/schedule", "leads to no item: there is nothing to play",
            DocumentRule::nothing_to_play);
    } else if (!evergreen) {
      fault("/schedule",
            "leads to no evergreen item: nothing is left when the others have expired",
            DocumentRule::evergreen_item);
    }
  }

  const Publication& publication_;
  const PublicationForm form_;
  DocumentErrors& errors_;
  std::map<AssetId, AssetKind> kinds_;
  std::set<EntryId> entries_;
  std::set<std::string_view> item_ids_;
};

}  // namespace

void check_publication(const Publication& publication, PublicationForm form,
                       DocumentErrors& errors) {
  Checker(publication, form, errors).check();
}

}  // namespace conglang
