#include "player/app/picture_folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "player/media/png_writer.h"
#include "playlists/base/ids.h"

namespace conglang::player {
namespace {

namespace files = std::filesystem;

constexpr std::size_t kMostPictures = 8;
constexpr std::uintmax_t kMostBytes = 32u << 20;

std::vector<files::path> pictures_in(const std::string& folder) {
  std::vector<files::path> found;
  std::error_code fault;
  for (const auto& entry : files::directory_iterator(folder, fault)) {
    const files::path& path = entry.path();
    const bool is_ours = path.extension() == ".png" && is_valid_id(path.stem().string());
    if (is_ours && entry.is_regular_file(fault)) found.push_back(path);
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

std::string PictureFolder::path_of(const std::string& command) const {
  return folder_ + "/" + command + ".png";
}

Status PictureFolder::add(const std::string& command, const Frame& picture) {
  if (!is_valid_id(command)) return Error{ErrorKind::malformed, "command: its id is no id"};
  std::error_code fault;
  files::create_directories(folder_, fault);
  auto waiting = pictures_in(folder_);
  for (std::size_t i = 0; i + kMostPictures <= waiting.size(); ++i) {
    files::remove(waiting[i], fault);
  }
  return write_png(path_of(command), picture);
}

std::optional<WaitingPicture> PictureFolder::next() {
  std::error_code fault;
  for (const files::path& path : pictures_in(folder_)) {
    std::ifstream file(path, std::ios::binary);
    if (!file || files::file_size(path, fault) > kMostBytes) {
      files::remove(path, fault);
      continue;
    }
    return WaitingPicture{path.stem().string(), {std::istreambuf_iterator<char>(file), {}}};
  }
  return std::nullopt;
}

void PictureFolder::forget(const std::string& command) {
  if (!is_valid_id(command)) return;
  std::error_code fault;
  std::filesystem::remove(path_of(command), fault);
}

}  // namespace conglang::player
