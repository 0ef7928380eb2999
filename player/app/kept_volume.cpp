#include "player/app/kept_volume.h"

#include <charconv>
#include <string>

namespace conglang::player {
namespace {

constexpr const char* kName = "volume";
constexpr std::int64_t kMostBytes = 16;

}  // namespace

Result<int> load_volume(StateFolder& folder) {
  const auto bytes = folder.read(kName, kMostBytes);
  if (!bytes && bytes.error().kind == ErrorKind::missing) return kFullVolume;
  if (!bytes) return bytes.error();
  int percent = -1;
  const char* const last = bytes->data() + bytes->size();
  const auto [end, failed] = std::from_chars(bytes->data(), last, percent);
  if (failed != std::errc{} || end != last || percent < 0 || percent > kFullVolume) {
    return Error{ErrorKind::malformed, std::string(kName) + ": is damaged"};
  }
  return percent;
}

Status save_volume(StateFolder& folder, int percent) {
  return replace_file(folder, kName, std::to_string(percent));
}

}  // namespace conglang::player
