#include "player/store/repository_files.h"

#include <variant>

#include "playlists/trust/verified_target.h"

namespace conglang::player {

Result<std::string> RepositoryFiles::read(std::string_view path, std::int64_t max_bytes) {
  const auto folder = open_folder(folder_);
  if (!folder) return folder.error();
  const auto file = open_below(*folder, path);
  if (!file) return file.error();
  return read_whole(*file, path, max_bytes);
}

AssetPaths RepositoryFiles::find_assets(const Publication& publication) const {
  AssetPaths paths;
  const auto folder = open_folder(folder_);
  if (!folder) return paths;
  for (const Asset& asset : publication.assets) {
    const auto* file = std::get_if<PublishedFile>(&asset.file);
    if (file == nullptr) continue;
    if (auto path = find_asset(*folder, *file)) paths.emplace(file->sha256, std::move(*path));
  }
  return paths;
}

// A file of another length is not missing: whoever opens it says what is wrong with it.
std::optional<std::string> RepositoryFiles::find_asset(const FileHandle& folder,
                                                       const PublishedFile& file) const {
  const std::string target = "assets/" + file.sha256.hex() + "." + file.extension;
  const std::string path = repository_path({target, file.length, file.sha256});
  if (!open_below(folder, path)) return std::nullopt;
  return folder_ + "/" + path;
}

}  // namespace conglang::player
