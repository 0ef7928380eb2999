#include "player/text/text_engine.h"

#include <algorithm>
#include <utility>

#include "player/text/font_set.h"
#include "player/text/line_breaker.h"
#include "player/text/line_cache.h"
#include "player/text/line_painter.h"
#include "playlists/base/localized_text.h"

namespace conglang::player {
namespace {

constexpr std::size_t kMostTextBytes = 20'000;
constexpr std::size_t kCacheBytes = 32u << 20;
constexpr int kSmallest = 6, kLargest = 600, kWidest = 16'384;

Status check_request(const std::string& text, const TextStyle& style, int width) {
  if (text.size() > kMostTextBytes) {
    return Error{ErrorKind::too_large, "text: more than 20000 bytes"};
  }
  if (style.size < kSmallest || style.size > kLargest) {
    return Error{ErrorKind::too_large, "text: a size of " + std::to_string(style.size) + " px"};
  }
  if (width < 1 || width > kWidest) {
    return Error{ErrorKind::too_large, "text: a width of " + std::to_string(width) + " px"};
  }
  return {};
}

std::uint32_t number_of(Color color) {
  return (std::uint32_t{color.red} << 24) | (std::uint32_t{color.green} << 16) |
         (std::uint32_t{color.blue} << 8) | color.alpha;
}

}  // namespace

int line_height(const TextStyle& style) {
  const int percent = style.face == FontFace::title ? 135 : 142;
  return (style.size * percent + 99) / 100;
}

int baseline_offset(const TextStyle& style) {
  // Noto's tallest Vietnamese letter rises 1.08 em and its deepest falls 0.25 em (measured);
  // what the line height has beyond 1.35 em is shared between above and below.
  return (style.size * 109 + 99) / 100 + (line_height(style) - style.size * 135 / 100) / 2;
}

struct TextEngine::Parts {
  std::unique_ptr<FontSet> fonts;
  LineCache cache{kCacheBytes};
  std::uint64_t drawn = 0;

  int width(std::string_view text, const TextStyle& style) {
    std::vector<std::string> missing;
    const auto runs = fonts->runs(text, style.face, style.size, missing);
    return runs ? width_of(*runs) : 0;
  }

  Result<KeptLine> line(const std::string& text, const TextStyle& style) {
    const LineKey key{text, style.face, style.size, number_of(style.color)};
    if (const KeptLine* kept = cache.find(key)) return *kept;
    KeptLine made;
    auto runs = fonts->runs(text, style.face, style.size, made.missing);
    if (!runs) return runs.error();
    auto painted = paint_line(*runs, style.color);
    if (!painted) return painted.error();
    made.line = std::move(*painted);
    ++drawn;
    cache.put(key, made);
    return made;
  }
};

Result<std::unique_ptr<TextEngine>> TextEngine::create(const std::string& font_folder) {
  auto fonts = FontSet::create(font_folder);
  if (!fonts) return fonts.error();
  auto parts = std::make_unique<Parts>();
  parts->fonts = std::move(*fonts);
  return std::unique_ptr<TextEngine>{new TextEngine(std::move(parts))};
}

TextEngine::TextEngine(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
TextEngine::~TextEngine() = default;

Result<Paragraph> TextEngine::lay_out(const std::string& text, const TextStyle& style,
                                      const ParagraphOptions& options) {
  if (auto checked = check_request(text, style, options.width); !checked)
    return checked.error();
  const auto words = normalize_text(text);
  if (!words) return words.error();
  const BrokenLines broken =
      break_lines(*words, {options.width, options.max_lines, options.title},
                  [&](std::string_view part) { return parts_->width(part, style); });
  Paragraph paragraph;
  paragraph.cut = broken.cut;
  for (const std::string& line : broken.lines) {
    auto drawn = parts_->line(line, style);
    if (!drawn) return drawn.error();
    paragraph.width = std::max(paragraph.width, drawn->line.width);
    for (std::string& letter : drawn->missing) {
      auto& known = paragraph.missing;
      if (std::find(known.begin(), known.end(), letter) == known.end()) {
        known.push_back(std::move(letter));
      }
    }
    paragraph.lines.push_back(std::move(drawn->line));
  }
  paragraph.height = static_cast<int>(paragraph.lines.size()) * line_height(style);
  return paragraph;
}

Result<int> TextEngine::measure(const std::string& text, const TextStyle& style) {
  if (auto checked = check_request(text, style, 1); !checked) return checked.error();
  const auto words = normalize_text(text);
  if (!words) return words.error();
  return parts_->width(*words, style);
}

TextCacheFacts TextEngine::cache_facts() const {
  return {parts_->cache.lines(), parts_->cache.bytes(), parts_->drawn};
}

}  // namespace conglang::player
