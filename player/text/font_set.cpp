#include "player/text/font_set.h"

#include <algorithm>
#include <array>

#include "player/text/graphemes.h"

namespace conglang::player {
namespace {

// More than the faces and sizes that cards of two shapes use together.
constexpr std::size_t kOpenFonts = 24;

using Chain = std::array<const char*, 4>;

// Serifs for titles, as on stone and lacquer; all have every Vietnamese letter. What they
// lack (stars, arrows, signs) comes from the fonts behind them.
constexpr Chain kRegular = {"NotoSans-Regular.ttf", "NotoSansSymbols2-Regular.ttf",
                            "NotoSansSymbols-Regular.ttf", "NotoSansMath-Regular.ttf"};
constexpr Chain kBold = {"NotoSans-Bold.ttf", "NotoSansSymbols2-Regular.ttf",
                         "NotoSansSymbols-Bold.ttf", "NotoSansMath-Regular.ttf"};
constexpr Chain kTitle = {"NotoSerif-Bold.ttf", "NotoSansSymbols2-Regular.ttf",
                          "NotoSansSymbols-Bold.ttf", "NotoSansMath-Regular.ttf"};

const Chain& chain_of(FontFace face) {
  return face == FontFace::title ? kTitle : face == FontFace::bold ? kBold : kRegular;
}

// Joiners and variation selectors: they have no picture of their own.
bool is_invisible(char32_t code) {
  return (code >= 0x200B && code <= 0x200D) || code == 0x2060 || code == 0xFEFF ||
         (code >= 0xFE00 && code <= 0xFE0F);
}

bool has_letter(TTF_Font* font, std::string_view letter) {
  const auto codes = code_points(letter);
  return std::all_of(codes.begin(), codes.end(), [font](char32_t code) {
    return is_invisible(code) || TTF_GlyphIsProvided32(font, code) != 0;
  });
}

}  // namespace

Result<std::unique_ptr<FontSet>> FontSet::create(const std::string& folder) {
  std::unique_ptr<FontSet> fonts{new FontSet(folder)};
  if (!fonts->library_.ok()) return Error{ErrorKind::unsupported, "fonts: the library fails"};
  constexpr int kAnySize = 32;
  for (const Chain* chain : {&kRegular, &kBold, &kTitle}) {
    for (const char* file : *chain) {
      if (auto font = fonts->open(file, kAnySize); !font) {
        return Error{ErrorKind::missing, font.error().message};
      }
    }
  }
  fonts->open_.clear();
  return fonts;
}

Result<TTF_Font*> FontSet::open(const std::string& file, int size) {
  const auto found = std::find_if(open_.begin(), open_.end(), [&](const OpenFont& open) {
    return open.file == file && open.size == size;
  });
  if (found != open_.end()) {
    open_.splice(open_.begin(), open_, found);
    return found->font.get();
  }
  const std::string path = folder_ + "/" + file;
  FontHandle font{TTF_OpenFont(path.c_str(), size)};
  if (!font) return Error{ErrorKind::storage, path + ": no such font"};
  TTF_SetFontHinting(font.get(), TTF_HINTING_LIGHT_SUBPIXEL);
  open_.push_front({file, size, std::move(font)});
  if (open_.size() > kOpenFonts) open_.pop_back();
  return open_.front().font.get();
}

Result<std::vector<TextRun>> FontSet::runs(std::string_view line, FontFace face, int size,
                                           std::vector<std::string>& missing) {
  std::vector<TTF_Font*> fonts;
  for (const char* file : chain_of(face)) {
    auto font = open(file, size);
    if (!font) return font.error();
    fonts.push_back(*font);
  }
  std::vector<TextRun> runs;
  for (const std::string_view letter : graphemes(line)) {
    const auto found = std::find_if(fonts.begin(), fonts.end(),
                                    [&](TTF_Font* font) { return has_letter(font, letter); });
    if (found == fonts.end() &&
        std::find(missing.begin(), missing.end(), letter) == missing.end()) {
      missing.emplace_back(letter);
    }
    TTF_Font* const font = found == fonts.end() ? fonts.front() : *found;
    if (runs.empty() || runs.back().font != font) runs.push_back({font, {}});
    runs.back().text += letter;
  }
  return runs;
}

}  // namespace conglang::player
