#include "player/text/line_painter.h"

#include <algorithm>
#include <cstdint>

#include "player/text/graphemes.h"

namespace conglang::player {
namespace {

// How much of each pixel is covered by ink, around the start of the baseline.
struct Coverage {
  Rect where;
  std::vector<std::uint8_t> cover;

  std::uint8_t& at(int x, int y) {
    return cover[static_cast<std::size_t>(y) * static_cast<std::size_t>(where.width) +
                 static_cast<std::size_t>(x)];
  }
};

// The highest ink above the baseline; over the font's own ascent SDL_ttf moves it down.
int top_of(const TextRun& run) {
  int top = TTF_FontAscent(run.font);
  for (const char32_t code : code_points(run.text)) {
    int maxy = 0;
    if (TTF_GlyphMetrics32(run.font, code, nullptr, nullptr, nullptr, &maxy, nullptr) == 0) {
      top = std::max(top, maxy);
    }
  }
  return top;
}

struct DrawnRun {
  SurfaceHandle surface;
  int x = 0, y = 0;  // of the surface, from the start of the baseline
};

Result<std::vector<DrawnRun>> draw_runs(const std::vector<TextRun>& runs) {
  std::vector<DrawnRun> drawn;
  int x = 0;
  for (const TextRun& run : runs) {
    SurfaceHandle surface{
        TTF_RenderUTF8_Blended(run.font, run.text.c_str(), SDL_Color{255, 255, 255, 255})};
    if (!surface || surface->format->BytesPerPixel != 4) {
      return Error{ErrorKind::storage, "text: no picture of \"" + run.text + "\""};
    }
    drawn.push_back({std::move(surface), x, -top_of(run)});
    x += width_of({run});
  }
  return drawn;
}

Coverage cover_of(const std::vector<DrawnRun>& drawn) {
  Coverage all;
  for (const DrawnRun& run : drawn) {
    all.where = union_of(all.where, {run.x, run.y, run.surface->w, run.surface->h});
  }
  all.cover.resize(static_cast<std::size_t>(all.where.width) *
                   static_cast<std::size_t>(all.where.height));
  for (const DrawnRun& run : drawn) {
    for (int y = 0; y < run.surface->h; ++y) {
      const auto* row = static_cast<const std::uint8_t*>(run.surface->pixels) +
                        static_cast<std::ptrdiff_t>(y) * run.surface->pitch;
      for (int x = 0; x < run.surface->w; ++x) {
        std::uint32_t pixel = 0;
        std::copy_n(row + static_cast<std::ptrdiff_t>(x) * 4, 4,
                    reinterpret_cast<std::uint8_t*>(&pixel));
        const auto alpha = static_cast<std::uint8_t>((pixel & run.surface->format->Amask) >>
                                                     run.surface->format->Ashift);
        auto& cover = all.at(run.x - all.where.x + x, run.y - all.where.y + y);
        cover = std::max(cover, alpha);
      }
    }
  }
  return all;
}

// Within the coverage.
Rect ink_of(Coverage& all) {
  int left = all.where.width, right = 0, top = all.where.height, bottom = 0;
  for (int y = 0; y < all.where.height; ++y) {
    for (int x = 0; x < all.where.width; ++x) {
      if (all.at(x, y) == 0) continue;
      left = std::min(left, x);
      right = std::max(right, x + 1);
      top = std::min(top, y);
      bottom = std::max(bottom, y + 1);
    }
  }
  if (right <= left) return {};
  return {left, top, right - left, bottom - top};
}

std::uint8_t scaled(std::uint8_t value, int alpha) {
  return static_cast<std::uint8_t>((value * alpha + 127) / 255);
}

FramePtr coloured(Coverage& all, const Rect& ink, Color color) {
  const WritableFrame made = make_bgra_frame({ink.width, ink.height});
  for (int y = 0; y < ink.height; ++y) {
    std::uint8_t* pixel = made.pixels + static_cast<std::ptrdiff_t>(y) * made.stride;
    for (int x = 0; x < ink.width; ++x, pixel += 4) {
      const int alpha = all.at(ink.x + x, ink.y + y) * color.alpha / 255;
      pixel[0] = scaled(color.blue, alpha);
      pixel[1] = scaled(color.green, alpha);
      pixel[2] = scaled(color.red, alpha);
      pixel[3] = static_cast<std::uint8_t>(alpha);
    }
  }
  return made.frame;
}

}  // namespace

int width_of(const std::vector<TextRun>& runs) {
  int width = 0;
  for (const TextRun& run : runs) {
    int run_width = 0;
    if (TTF_SizeUTF8(run.font, run.text.c_str(), &run_width, nullptr) == 0) width += run_width;
  }
  return width;
}

Result<TextLine> paint_line(const std::vector<TextRun>& runs, Color color) {
  auto drawn = draw_runs(runs);
  if (!drawn) return drawn.error();
  Coverage all = cover_of(*drawn);
  const Rect ink = ink_of(all);
  TextLine line;
  line.width = width_of(runs);
  if (ink.empty()) return line;
  line.picture = coloured(all, ink, color);
  line.ink = {all.where.x + ink.x, all.where.y + ink.y, ink.width, ink.height};
  return line;
}

}  // namespace conglang::player
