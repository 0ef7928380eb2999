#include "player/canvas/draw_list.h"

#include <cmath>

namespace conglang::player {
namespace {

Rect scaled_and_centred(Size picture, const Rect& region, double scale) {
  const int width = std::max(1, static_cast<int>(std::lround(picture.width * scale)));
  const int height = std::max(1, static_cast<int>(std::lround(picture.height * scale)));
  return {region.x + (region.width - width) / 2, region.y + (region.height - height) / 2, width,
          height};
}

}  // namespace

Rect fit_inside(Size picture, const Rect& region) {
  if (picture.width <= 0 || picture.height <= 0) return {};
  const double across = static_cast<double>(region.width) / picture.width;
  const double down = static_cast<double>(region.height) / picture.height;
  return scaled_and_centred(picture, region, std::min(across, down));
}

Rect fit_over(Size picture, const Rect& region) {
  if (picture.width <= 0 || picture.height <= 0) return {};
  const double across = static_cast<double>(region.width) / picture.width;
  const double down = static_cast<double>(region.height) / picture.height;
  return scaled_and_centred(picture, region, std::max(across, down));
}

}  // namespace conglang::player
