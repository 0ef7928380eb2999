#include "player/scene/contrast.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace conglang::player {
namespace {

double linear(std::uint8_t value) {
  const double part = value / 255.0;
  return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(Color color) {
  return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) +
         0.0722 * linear(color.blue);
}

int brightness(Color color) { return 2126 * color.red + 7152 * color.green + 722 * color.blue; }

double smooth(double part) {
  part = std::clamp(part, 0.0, 1.0);
  return part * part * (3 - 2 * part);
}

}  // namespace

double contrast_ratio(Color a, Color b) {
  const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
  return std::max(one, other) / std::min(one, other);
}

Color blended(Color over, double alpha, Color under) {
  const auto mix = [alpha](std::uint8_t top, std::uint8_t bottom) {
    return static_cast<std::uint8_t>(std::lround(top * alpha + bottom * (1 - alpha)));
  };
  return {mix(over.red, under.red), mix(over.green, under.green), mix(over.blue, under.blue),
          255};
}

Extremes extremes_of(const Frame& picture, const Rect& part) {
  const bool plain = picture.layout == PixelLayout::bgrx || picture.layout == PixelLayout::bgra;
  const Rect seen = intersection(part, whole(picture.size));
  if (!plain || picture.turn != Turn::none || seen.empty()) return {};
  constexpr int kSamples = 200;  // along each side: enough to see every shape of a drawing
  const int step_x = std::max(1, seen.width / kSamples),
            step_y = std::max(1, seen.height / kSamples);
  std::vector<Color> colors;
  for (int y = seen.y; y < seen.bottom(); y += step_y) {
    const std::uint8_t* row =
        picture.planes[0].bytes + static_cast<std::ptrdiff_t>(y) * picture.planes[0].stride;
    for (int x = seen.x; x < seen.right(); x += step_x) {
      const std::uint8_t* pixel = row + static_cast<std::ptrdiff_t>(x) * 4;
      colors.push_back({pixel[2], pixel[1], pixel[0], 255});
    }
  }
  std::sort(colors.begin(), colors.end(),
            [](Color a, Color b) { return brightness(a) < brightness(b); });
  const std::size_t left_out = colors.size() / 100;
  return {colors[left_out], colors[colors.size() - 1 - left_out]};
}

double scrim_opacity(Color background, Color words, const Extremes& below) {
  for (int percent = 0; percent < 100; percent += 5) {
    const double alpha = percent / 100.0;
    if (contrast_ratio(words, blended(background, alpha, below.darkest)) >= kReadableContrast &&
        contrast_ratio(words, blended(background, alpha, below.brightest)) >=
            kReadableContrast) {
      return alpha;
    }
  }
  return 1;
}

FramePtr soft_panel(Size size, int feather, Color color, double opacity) {
  const WritableFrame made = make_bgra_frame(size);
  const double reach = std::max(1, feather);
  for (int y = 0; y < size.height; ++y) {
    std::uint8_t* pixel = made.pixels + static_cast<std::ptrdiff_t>(y) * made.stride;
    const double down = smooth(std::min(y + 1, size.height - y) / reach);
    for (int x = 0; x < size.width; ++x, pixel += 4) {
      const double alpha = opacity * down * smooth(std::min(x + 1, size.width - x) / reach);
      pixel[0] = static_cast<std::uint8_t>(std::lround(color.blue * alpha));
      pixel[1] = static_cast<std::uint8_t>(std::lround(color.green * alpha));
      pixel[2] = static_cast<std::uint8_t>(std::lround(color.red * alpha));
      pixel[3] = static_cast<std::uint8_t>(std::lround(255 * alpha));
    }
  }
  return made.frame;
}

}  // namespace conglang::player
