#include "content-server/publishing/asset_library.h"

#include <system_error>

#include "content-server/publishing/asset_kind.h"
#include "content-server/publishing/repository_files.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDigits = 64;

std::optional<AssetKind> kind_of(const std::string& extension) {
  for (const AssetKind kind : {AssetKind::image, AssetKind::video}) {
    const auto known = extension_of(kind, "x." + extension);
    if (known && *known == extension) return kind;
  }
  return std::nullopt;
}

Status check_content(const AssetName& name, const IncomingFile& file) {
  if (file.sha256 != name.sha256) {
    return Error{
        ErrorKind::untrusted,
        "asset " + name.text() + ": what arrived has another digest, " + file.sha256.hex(),
        "wrong-digest"};
  }
  if (file.length == 0) return Error{ErrorKind::malformed, "asset: has no byte"};
  const auto kind = kind_of(name.extension);
  if (kind && file.length > max_bytes(*kind)) {
    return Error{ErrorKind::too_large, "asset " + name.text() + ": is longer than " +
                                           std::to_string(max_bytes(*kind)) + " bytes"};
  }
  const auto first = read_beginning(file.path, kFormatBytes);
  if (!first) return first.error();
  if (is_of_format(name.extension, *first)) return {};
  return Error{ErrorKind::unsupported,
               "asset " + name.text() + ": does not begin as a ." + name.extension + " file",
               "wrong-format"};
}

}  // namespace

Result<AssetName> parse_asset_name(std::string_view text) {
  const auto digest = parse_sha256(text.substr(0, kDigits));
  if (!digest || text.size() < kDigits + 2 || text[kDigits] != '.') {
    return Error{ErrorKind::malformed, "asset: its name must be <sha256>.<extension>"};
  }
  AssetName name{*digest, std::string(text.substr(kDigits + 1))};
  if (kind_of(name.extension)) return name;
  return Error{ErrorKind::unsupported, "asset: no kiosk plays files of this extension",
               "wrong-format"};
}

Status AssetLibrary::take(const AssetName& name, const IncomingFile& file) const {
  if (Status holds = check_content(name, file); !holds) return holds;
  if (Status made = make_folders(folder_); !made) return made;
  return move_file(file.path, path_of(name));
}

std::optional<std::int64_t> AssetLibrary::length_of(const AssetName& name) const {
  std::error_code failed;
  const auto length = fs::file_size(path_of(name), failed);
  if (failed) return std::nullopt;
  return static_cast<std::int64_t>(length);
}

bool AssetLibrary::has(const PublishedFile& file) const {
  return length_of({file.sha256, file.extension}) == file.length;
}

}  // namespace conglang::server
