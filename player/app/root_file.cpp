#include "player/app/root_file.h"

#include <fstream>

namespace conglang::player {
namespace {

constexpr std::streamsize kMostRootBytes = 512 * 1024;

}  // namespace

Result<std::string> read_root_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorKind::missing, path + ": cannot be read"};
  std::string bytes(static_cast<std::size_t>(kMostRootBytes) + 1, '\0');
  file.read(bytes.data(), kMostRootBytes + 1);
  if (file.gcount() > kMostRootBytes) {
    return Error{ErrorKind::too_large, path + ": is larger than any root.json"};
  }
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

}  // namespace conglang::player
