#include "content-server/api/kiosk_pictures.h"

#include <algorithm>
#include <cstdint>
#include <system_error>
#include <utility>

#include "content-server/publishing/repository_files.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBegin{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16};
constexpr std::size_t kKept = 5;
constexpr std::uint32_t kMostPixels = 8192;

std::uint32_t number_at(std::string_view bytes, std::size_t place) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    number = number << 8 | static_cast<std::uint8_t>(bytes[place + i]);
  }
  return number;
}

bool is_side(std::uint32_t pixels) { return pixels >= 1 && pixels <= kMostPixels; }

}  // namespace

fs::path picture_path(const fs::path& folder, const KioskId& kiosk,
                      const std::string& command) {
  return folder / kiosk.text() / (command + ".png");
}

Status keep_picture(const fs::path& folder, const KioskId& kiosk, const std::string& command,
                    std::string_view png) {
  if (png.size() < 33 || !png.starts_with(kBegin)) {
    return Error{ErrorKind::malformed, "picture: is no PNG"};
  }
  if (!is_side(number_at(png, 16)) || !is_side(number_at(png, 20))) {
    return Error{ErrorKind::malformed, "picture: has not 1 to 8192 pixels a side"};
  }
  if (!is_valid_id(command) || !is_valid_id(kiosk.text())) {
    return Error{ErrorKind::malformed, "picture: of no command"};
  }
  const fs::path path = picture_path(folder, kiosk, command);
  std::error_code failed;
  fs::create_directories(path.parent_path(), failed);
  if (failed) return Error{ErrorKind::storage, path.string() + ": " + failed.message()};
  if (Status kept = replace_file(path, std::string(png), 0600); !kept) return kept;
  const std::vector<std::string> all = list_pictures(folder, kiosk);
  for (std::size_t i = kKept; i < all.size(); ++i) {
    fs::remove(picture_path(folder, kiosk, all[i]), failed);
  }
  return {};
}

std::vector<std::string> list_pictures(const fs::path& folder, const KioskId& kiosk) {
  std::vector<std::string> commands;
  std::error_code failed;
  if (!is_valid_id(kiosk.text())) return commands;
  for (const auto& entry : fs::directory_iterator(folder / kiosk.text(), failed)) {
    const std::string stem = entry.path().stem().string();
    if (entry.path().extension() == ".png" && is_valid_id(stem)) commands.push_back(stem);
  }
  // Their ids sort by the time of their making.
  std::sort(commands.rbegin(), commands.rend());
  return commands;
}

}  // namespace conglang::server
