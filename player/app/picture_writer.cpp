#include "player/app/picture_writer.h"

#include <cstdio>
#include <cstring>

namespace conglang::player {

FramePtr copy_picture(PixelBuffer buffer) {
  const WritableFrame copy = make_bgra_frame(buffer.size, PixelLayout::bgrx);
  for (int row = 0; row < buffer.size.height; ++row) {
    std::memcpy(copy.pixels + static_cast<std::ptrdiff_t>(row) * copy.stride,
                buffer.bytes + static_cast<std::ptrdiff_t>(row) * buffer.stride,
                static_cast<std::size_t>(copy.stride));
  }
  return copy.frame;
}

std::string capture_path(const std::string& folder, std::chrono::milliseconds at) {
  char name[40];
  std::snprintf(name, sizeof name, "at-%06lldms.png", static_cast<long long>(at.count()));
  return (folder.empty() ? std::string(".") : folder) + "/" + name;
}

}  // namespace conglang::player
