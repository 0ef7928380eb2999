#include "player/app/source_folder.h"

#include <toml++/toml.h>

#include <filesystem>
#include <fstream>

namespace conglang::player {
namespace {

namespace fs = std::filesystem;

Error malformed(const fs::path& file, const std::string& message) {
  return {ErrorKind::malformed, file.string() + ": " + message};
}

Status add_roots(const toml::table& table, const fs::path& file,
                 std::vector<std::string>& roots) {
  constexpr std::size_t kMostRoots = 16;
  for (const auto& [name, value] : table) {
    if (name.str() != "asset_roots") {
      return malformed(file, "\"" + std::string{name.str()} + "\" is not known");
    }
    const toml::array* paths = value.as_array();
    if (paths == nullptr || paths->size() > kMostRoots) {
      return malformed(file, "asset_roots must be a list of at most 16 folders");
    }
    for (const toml::node& path : *paths) {
      if (!path.is_string()) return malformed(file, "asset_roots must hold texts");
      roots.push_back((file.parent_path() / path.as_string()->get()).string());
    }
  }
  return {};
}

Status read_pack_settings(const fs::path& file, std::vector<std::string>& roots) {
  constexpr std::uintmax_t kMostBytes = 64 << 10;
  std::error_code fault;
  if (!fs::exists(file, fault)) return {};
  if (!fs::is_regular_file(file, fault) || fs::file_size(file, fault) > kMostBytes) {
    return malformed(file, "is no settings file");
  }
  std::ifstream stream{file};
  try {
    return add_roots(toml::parse(stream), file, roots);
  } catch (const toml::parse_error& error) {
    return malformed(file, "line " + std::to_string(error.source().begin.line) + ": " +
                               std::string{error.description()});
  }
}

}  // namespace

Result<std::vector<std::string>> source_roots(const std::string& publication,
                                              const std::string& assets) {
  std::error_code fault;
  const fs::path folder = fs::absolute(publication, fault).parent_path();
  std::vector<std::string> roots{folder.string()};
  if (auto read = read_pack_settings(folder / "pack.toml", roots); !read) return read.error();
  if (!assets.empty()) roots.push_back(assets);
  return roots;
}

HeldAssets held_assets(const Publication& publication, const std::string& assets) {
  HeldAssets held;
  if (assets.empty()) return held;
  for (const Asset& asset : publication.assets) {
    const auto* file = std::get_if<PublishedFile>(&asset.file);
    if (file == nullptr) continue;
    const std::string name = file->sha256.hex() + "." + file->extension;
    for (const std::string& candidate : {file->sha256.hex() + "." + name, name}) {
      std::error_code fault;
      const fs::path path = fs::path{assets} / candidate;
      if (fs::is_regular_file(path, fault)) held.emplace(file->sha256, path.string());
    }
  }
  return held;
}

}  // namespace conglang::player
