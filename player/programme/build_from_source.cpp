#include "player/programme/build_from_source.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <variant>

#include "player/programme/item_resolver.h"

namespace conglang::player {
namespace {

namespace fs = std::filesystem;

bool is_below(const fs::path& path, const fs::path& root) {
  const auto [end_of_root, rest] =
      std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  return end_of_root == root.end() && rest != path.end();
}

std::optional<HeldFile> find_source(const Asset& asset, const std::vector<std::string>& roots) {
  const auto* source = std::get_if<SourceFile>(&asset.file);
  if (source == nullptr) return std::nullopt;
  const auto path = find_source_file(source->path, roots);
  if (!path) return std::nullopt;
  return HeldFile{*path, std::nullopt, 0};
}

Error to_error(const LeftOut& why) {
  const bool is_unknown = why.kind == LeftOutKind::unknown_kind;
  return {is_unknown ? ErrorKind::unsupported : ErrorKind::missing,
          "item " + why.item.text() + ": " + why.detail};
}

}  // namespace

std::optional<std::string> find_source_file(const std::string& path,
                                            const std::vector<std::string>& roots) {
  for (const std::string& root : roots) {
    std::error_code failed;
    const fs::path folder = fs::canonical(root, failed);
    if (failed) continue;
    const fs::path file = fs::canonical(folder / path, failed);
    if (failed || !is_below(file, folder)) continue;
    if (fs::is_regular_file(file, failed)) return file.string();
  }
  return std::nullopt;
}

BuiltProgramme build_from_source(const Publication& publication,
                                 const std::vector<std::string>& roots) {
  return resolve_schedule(publication,
                          [&roots](const Asset& asset) { return find_source(asset, roots); });
}

Result<ShowItem> build_item(const Publication& publication, const ItemId& item,
                            const std::vector<std::string>& roots, const HeldAssets& held) {
  const ItemResolver resolver(publication, [&](const Asset& asset) {
    auto file = find_held_file(asset, held);
    return file ? file : find_source(asset, roots);
  });
  for (const Playlist& playlist : publication.playlists) {
    for (const Item& candidate : playlist.items) {
      if (candidate.id != item) continue;
      std::vector<LeftOut> left_out;
      if (auto shown = resolver.resolve(playlist, candidate, left_out))
        return std::move(*shown);
      return to_error(left_out.front());
    }
  }
  return Error{ErrorKind::missing, "item " + item.text() + ": not in the publication"};
}

}  // namespace conglang::player
