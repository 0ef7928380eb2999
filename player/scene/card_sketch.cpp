#include "player/scene/card_sketch.h"

#include <algorithm>

namespace conglang::player {
namespace {

// Readable from 2 m on a screen of 55 inches (cap height of 20 minutes of arc).
constexpr int kSmallestText = 26;

}  // namespace

int CardSketch::length(int pixels) const {
  return std::max(1, pixels * std::min(size_.width, size_.height) / 1080);
}

int CardSketch::text_size(int pixels) const {
  constexpr int kSmallestFont = 8;  // a thumbnail's, where nobody reads
  const int wanted = std::max(kSmallestText, pixels * attempt_.percent / 100);
  return std::max(kSmallestFont, length(wanted));
}

TextStyle CardSketch::title_style(int pixels) const {
  return {FontFace::title, text_size(pixels), style_.text};
}

TextStyle CardSketch::body_style(int pixels) const {
  return {FontFace::regular, text_size(pixels), style_.text};
}

TextStyle CardSketch::label_style(int pixels) const {
  return {FontFace::bold, text_size(pixels), style_.accent};
}

TextStyle CardSketch::second_style(const TextStyle& style) const {
  const int least = length(kSmallestText);
  const int smaller = style.size * 78 / 100;
  return {style.face == FontFace::bold ? FontFace::regular : style.face,
          std::clamp(smaller, std::min(least, style.size), style.size), style_.text_muted};
}

int CardSketch::lines_for(const std::string& where) const {
  if (where == "title") return attempt_.title_lines;
  return where == "summary" || where == "text" ? attempt_.body_lines : 0;
}

Node CardSketch::words(const std::string& text, const TextStyle& style,
                       const std::string& where) const {
  Node made;
  const bool even = where == "title" || where == "place" || align == Align::center;
  made.content = Words{text, style, even, lines_for(where), align, where};
  return made;
}

Node CardSketch::in_vietnamese_only(const std::string& text, const TextStyle& style,
                                    const std::string& where) const {
  const TextStyle note{FontFace::bold, second_style(style).size, style_.accent};
  return column(length(8),
                {words("In Vietnamese only", note, where), words(text, style, where)});
}

CardSketch::Languages CardSketch::languages(const LocalizedText& text, const TextStyle& style,
                                            const std::string& where, bool note) const {
  const std::string* english = text.find("en");
  if (language_ == LanguageChoice::vi) return {words(text.vi, style, where), {}};
  if (language_ == LanguageChoice::en) {
    if (english == nullptr && note) return {in_vietnamese_only(text.vi, style, where), {}};
    return {words(english == nullptr ? text.vi : *english, style, where), {}};
  }
  if (english == nullptr || *english == text.vi) return {words(text.vi, style, where), {}};
  return {words(text.vi, style, where), words(*english, second_style(style), where)};
}

Node CardSketch::localized(const LocalizedText& text, const TextStyle& style,
                           const std::string& where, bool note) const {
  Languages both = languages(text, style, where, note);
  if (!both.second) return std::move(*both.first);
  // 0.35 em between the inks; the lines bring some of it themselves.
  return column(style.size * 20 / 100, {std::move(*both.first), std::move(*both.second)});
}

}  // namespace conglang::player
