#include "player/app/render_command.h"

#include <fstream>
#include <ostream>
#include <utility>

#include "player/app/checked_files.h"
#include "player/app/source_folder.h"
#include "player/canvas/cpu/flatten.h"
#include "player/media/png_writer.h"
#include "player/platform/system_clock.h"
#include "player/programme/build_from_source.h"
#include "player/stage/card_preparation.h"
#include "player/stage/item_playables.h"
#include "playlists/base/json.h"
#include "playlists/publication/publication_document.h"

namespace conglang::player {
namespace {

Result<Publication> read_publication(const std::string& path) {
  constexpr std::size_t kMostBytes = 16u << 20;
  std::ifstream file{path, std::ios::binary};
  if (!file) return Error{ErrorKind::missing, path + ": cannot be read"};
  std::string bytes;
  for (char block[64 << 10]; file.read(block, sizeof block), file.gcount() > 0;) {
    bytes.append(block, static_cast<std::size_t>(file.gcount()));
    if (bytes.size() > kMostBytes) return Error{ErrorKind::too_large, path + ": over 16 MiB"};
  }
  auto read = PublicationDocument::read(bytes);
  if (const auto* document = std::get_if<PublicationDocument>(&read)) {
    return document->publication();
  }
  const auto& errors = std::get<DocumentErrors>(read);
  const std::string first =
      errors.empty() ? "" : errors.front().pointer + ": " + errors.front().message;
  return Error{ErrorKind::malformed, path + ": " + first};
}

bool has_item(const Publication& publication, const std::string& id) {
  for (const Playlist& playlist : publication.playlists) {
    for (const Item& item : playlist.items) {
      if (item.id.text() == id) return true;
    }
  }
  return false;
}

// An entry is shown as the item that would show its card.
void add_entry_card(Publication& publication, const std::string& id) {
  for (const Entry& entry : publication.entries) {
    if (entry.id.text() != id) continue;
    Playlist playlist;
    Item item;
    item.id = ItemId{id};
    item.content = EntryCardContent{entry.id};
    playlist.items.push_back(std::move(item));
    publication.playlists.push_back(std::move(playlist));
    return;
  }
}

// What is on the glass while the item is on, without its neighbours.
class ItemDrawing {
 public:
  ItemDrawing(const RenderOptions& options, const CardStyle& style)
      : options_(options), style_(style) {}

  Result<CardPicture> draw(const ShowItem& item) {
    if (const auto* text = std::get_if<ShowTextCard>(&item.content)) {
      return draw_card(*text, text->background);
    }
    if (const auto* entry = std::get_if<ShowEntryCard>(&item.content)) {
      return draw_card(*entry, entry->picture);
    }
    if (const auto* notice = std::get_if<ShowNotice>(&item.content)) {
      return draw_card(*notice, std::nullopt);
    }
    return draw_file(item);
  }

 private:
  template <typename Card>
  Result<CardPicture> draw_card(const Card& card, const std::optional<HeldFile>& picture) {
    if (picture) {
      if (auto checked = files_.check(*picture); !checked) return checked.error();
    }
    const auto content = load_card(card, options_.size);
    if (!content) return content.error();
    auto text = TextEngine::create();
    if (!text) return text.error();
    return compose_card(*content, style_, options_.language, options_.size, **text);
  }

  Result<CardPicture> draw_file(const ShowItem& item) {
    const PlayableNeeds needs{[this](const HeldFile& file) { return files_.check(file); },
                              &clock_, options_.size, false};
    const auto playable = make_file_playable(item, needs);
    if (auto opened = playable->open(); !opened) return opened.error();
    const auto frame = playable->next_frame();
    if (!frame) return frame.error();
    if (!*frame) return Error{ErrorKind::malformed, item.name + ": has no picture"};
    return around((*frame)->frame, fit_of(item));
  }

  static FitMode fit_of(const ShowItem& item) {
    if (const auto* video = std::get_if<ShowVideo>(&item.content)) return video->fit;
    if (const auto* image = std::get_if<ShowImage>(&item.content)) return image->fit;
    return FitMode::contain;
  }

  CardPicture around(FramePtr frame, FitMode fit) const {
    const Rect room = whole(options_.size);
    const Size size = display_size(*frame);
    const bool cover = fit == FitMode::cover;
    CardPicture made;
    made.list.size = options_.size;
    made.list.commands.push_back(DrawFill{room, style_.background});
    made.list.commands.push_back(DrawPicture{
        std::move(frame), cover ? fit_over(size, room) : fit_inside(size, room), room, 1});
    return made;
  }

  const RenderOptions& options_;
  const CardStyle& style_;
  const SystemClock clock_;
  CheckedFiles files_;
};

Result<CardPicture> draw_item(const RenderOptions& options) {
  auto publication = read_publication(options.publication);
  if (!publication) return publication.error();
  if (!has_item(*publication, options.item)) add_entry_card(*publication, options.item);
  const auto roots = source_roots(options.publication, options.assets);
  if (!roots) return roots.error();
  const auto item = build_item(*publication, ItemId{options.item}, *roots,
                               held_assets(*publication, options.assets));
  if (!item) return item.error();
  const CardStyle style = card_style(publication->theme);
  return ItemDrawing{options, style}.draw(*item);
}

std::string name_of(LanguageChoice language) {
  return language == LanguageChoice::vi ? "vi" : language == LanguageChoice::en ? "en" : "both";
}

void print_report(const RenderOptions& options, const std::vector<CardIssue>& issues,
                  std::ostream& out) {
  JsonArray listed;
  for (const CardIssue& issue : issues) {
    const char* kind =
        issue.kind == CardIssueKind::does_not_fit ? "does_not_fit" : "missing_glyph";
    listed.push_back(
        JsonObject{{"kind", kind}, {"where", issue.where}, {"detail", issue.detail}});
  }
  const std::string size =
      std::to_string(options.size.width) + "x" + std::to_string(options.size.height);
  out << write_json(JsonObject{{"item", options.item},
                               {"language", name_of(options.language)},
                               {"size", size},
                               {"issues", std::move(listed)}})
      << "\n";
}

Status write_picture(const CardPicture& drawn, const std::string& path) {
  const auto picture = flatten(drawn.list);
  return picture ? write_png(path, **picture) : Status{picture.error()};
}

}  // namespace

int run_render(const RenderOptions& options, std::ostream& out, std::ostream& err) {
  const auto drawn = draw_item(options);
  const Status written = drawn ? write_picture(*drawn, options.out) : Status{drawn.error()};
  if (!written) {
    err << "conglang-player: " << to_string(written.error().kind) << ": "
        << written.error().message << "\n";
    return 1;
  }
  print_report(options, drawn->issues, out);
  return 0;
}

}  // namespace conglang::player
