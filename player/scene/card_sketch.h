// How large things on a card are, and words in one or two languages as nodes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "player/scene/card.h"
#include "player/scene/node.h"

namespace conglang::player {

// One attempt to put a card together: how much smaller than intended, what is left out.
struct CardAttempt {
  int percent = 100;          // of the intended size of words
  bool side_by_side = false;  // the languages in two columns
  int body_lines = 0;         // at most, of a text or summary; 0: all
  int title_lines = 0;
  int most_facts = 1000;
};

// Sizes are given in pixels of a card 1080 high (landscape) or wide (portrait).
class CardSketch {
 public:
  CardSketch(const CardStyle& style, LanguageChoice language, Size size, CardAttempt attempt)
      : style_(style), language_(language), size_(size), attempt_(attempt) {}

  const CardStyle& style() const { return style_; }
  LanguageChoice language() const { return language_; }
  const CardAttempt& attempt() const { return attempt_; }
  Size size() const { return size_; }
  bool is_portrait() const { return size_.height > size_.width; }

  // Margins, lines, pictures.
  int length(int pixels) const;
  // Of words, made smaller by the attempt; never below what is readable from 2 m.
  int text_size(int pixels) const;

  TextStyle title_style(int pixels) const;
  TextStyle body_style(int pixels) const;
  TextStyle label_style(int pixels) const;  // bold, in the colour of the accent

  // One line or paragraph as it is.
  Node words(const std::string& text, const TextStyle& style, const std::string& where) const;

  // The text in the chosen languages: Vietnamese in `style`, English below or beside it,
  // smaller and calmer. Where English is asked for and missing, Vietnamese stands in its
  // place under a short note when `note` is set.
  Node localized(const LocalizedText& text, const TextStyle& style, const std::string& where,
                 bool note = false) const;

  // The same, with Vietnamese and English as separate nodes; one of them may be absent.
  struct Languages {
    std::optional<Node> first, second;
  };
  Languages languages(const LocalizedText& text, const TextStyle& style,
                      const std::string& where, bool note = false) const;

  Align align = Align::start;  // of the words made from now on

 private:
  TextStyle second_style(const TextStyle& style) const;
  int lines_for(const std::string& where) const;
  Node in_vietnamese_only(const std::string& text, const TextStyle& style,
                          const std::string& where) const;

  const CardStyle& style_;
  const LanguageChoice language_;
  const Size size_;
  const CardAttempt attempt_;
};

}  // namespace conglang::player
