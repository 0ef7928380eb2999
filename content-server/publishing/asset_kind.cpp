#include "content-server/publishing/asset_kind.h"

namespace conglang::server {
namespace {

std::string lower_extension(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return {};
  std::string extension(path.substr(dot + 1));
  for (char& letter : extension) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return extension == "jpeg" ? "jpg" : extension;
}

}  // namespace

std::int64_t max_bytes(AssetKind kind) {
  return kind == AssetKind::image ? std::int64_t{64} << 20 : std::int64_t{4} << 30;
}

Result<std::string> extension_of(AssetKind kind, std::string_view path) {
  const std::string extension = lower_extension(path);
  const bool is_image = extension == "jpg" || extension == "png" || extension == "webp";
  if (kind == AssetKind::image ? is_image : extension == "mp4") return extension;
  return Error{ErrorKind::unsupported,
               std::string(path) + ": " +
                   (kind == AssetKind::image ? "an image must be .jpg, .png or .webp"
                                             : "a video must be .mp4")};
}

bool is_of_format(std::string_view extension, std::string_view first_bytes) {
  const auto has = [&](std::size_t at, std::string_view bytes) {
    return first_bytes.size() >= at + bytes.size() &&
           first_bytes.substr(at, bytes.size()) == bytes;
  };
  if (extension == "jpg") return has(0, "\xff\xd8\xff");
  if (extension == "png") return has(0, "\x89PNG\r\n\x1a\n");
  if (extension == "webp") return has(0, "RIFF") && has(8, "WEBP");
  return extension == "mp4" && has(4, "ftyp");
}

}  // namespace conglang::server
