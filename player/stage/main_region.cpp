#include <cmath>

#include "player/stage/show.h"

namespace conglang::player {
namespace {

const LayoutVariant* variant_for(const Layout& layout, Size size) {
  const bool upright = size.height > size.width;
  const auto& wanted = upright ? layout.portrait : layout.landscape;
  const auto& other = upright ? layout.landscape : layout.portrait;
  if (wanted) return &*wanted;
  return other ? &*other : nullptr;
}

}  // namespace

Rect main_region(const std::vector<Layout>& layouts, Size size) {
  const LayoutVariant* variant = layouts.empty() ? nullptr : variant_for(layouts.front(), size);
  if (variant == nullptr || variant->width <= 0 || variant->height <= 0) return whole(size);
  for (const Region& region : variant->regions) {
    if (region.id.text() != "main") continue;
    // Edges are rounded, not sizes, so that neighbours meet.
    const auto across = [&](int x) {
      return static_cast<int>(
          std::lround(static_cast<double>(x) * size.width / variant->width));
    };
    const auto down = [&](int y) {
      return static_cast<int>(
          std::lround(static_cast<double>(y) * size.height / variant->height));
    };
    const int left = across(region.x), top = down(region.y);
    return {left, top, across(region.x + region.width) - left,
            down(region.y + region.height) - top};
  }
  return whole(size);
}

}  // namespace conglang::player
