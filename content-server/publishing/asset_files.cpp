#include "content-server/publishing/asset_files.h"

#include <system_error>
#include <utility>

#include "content-server/publishing/asset_kind.h"
#include "content-server/publishing/pack_settings.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

// The rest of `path` below `root`, both canonical.
bool is_below(const fs::path& path, const fs::path& root) {
  const fs::path relative = path.lexically_relative(root);
  return !relative.empty() && *relative.begin() != ".." && *relative.begin() != ".";
}

Result<fs::path> canonical_folder(const fs::path& folder) {
  std::error_code error;
  fs::path canonical = fs::canonical(folder, error);
  if (!error && fs::is_directory(canonical, error)) return canonical;
  return Error{ErrorKind::missing, folder.string() + ": there is no such folder"};
}

}  // namespace

Result<AssetFiles> AssetFiles::open(const fs::path& folder) {
  Result<fs::path> own = canonical_folder(folder);
  if (!own.ok()) return own.error();
  const Result<PackSettings> settings = read_pack_settings(*own / "pack.toml");
  if (!settings.ok()) return settings.error();

  std::vector<fs::path> roots{*own};
  for (const std::string& root : settings->asset_roots) {
    Result<fs::path> canonical = canonical_folder(*own / root);
    if (!canonical.ok()) {
      return Error{ErrorKind::missing, (folder / "pack.toml").string() +
                                           ": asset_roots: " + canonical.error().message};
    }
    roots.push_back(std::move(canonical).value());
  }
  return AssetFiles(std::move(roots));
}

Result<fs::path> AssetFiles::locate(const std::string& path) const {
  for (const fs::path& root : roots_) {
    std::error_code error;
    fs::path found = fs::canonical(root / path, error);
    if (error) continue;
    for (const fs::path& allowed : roots_) {
      if (is_below(found, allowed)) return found;
    }
    return Error{ErrorKind::untrusted, path + ": leads out of the folder and its asset roots"};
  }
  return Error{ErrorKind::missing,
               path + ": no such file below the folder and its asset roots"};
}

Result<FoundAsset> AssetFiles::find(AssetKind kind, const std::string& path) const {
  const Result<std::string> extension = extension_of(kind, path);
  if (!extension.ok()) return extension.error();
  Result<fs::path> found = locate(path);
  if (!found.ok()) return found.error();
  const Result<std::string> beginning = read_beginning(*found, kFormatBytes);
  if (!beginning.ok()) return beginning.error();
  if (!is_of_format(*extension, *beginning)) {
    return Error{ErrorKind::unsupported, path + ": its bytes are not those of ." + *extension};
  }
  const Result<FileDigest> digest = digest_file(*found, max_bytes(kind));
  if (!digest.ok()) return digest.error();
  PublishedFile file{digest->sha256, digest->length, *extension};
  return FoundAsset{std::move(found).value(), std::move(file)};
}

}  // namespace conglang::server
