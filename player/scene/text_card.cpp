#include <utility>

#include "player/scene/card_trees.h"

namespace conglang::player {
namespace {

Node framed(Node words, const CardSketch& sketch) {
  const int side = sketch.length(sketch.is_portrait() ? 90 : 150);
  Node centred = column(0, {spacer(), std::move(words), spacer()});
  centred.padding = {side, sketch.length(90), side, sketch.length(90)};
  return centred;
}

// The languages as two columns whose first lines stand on one baseline.
Node beside(CardSketch::Languages languages, const CardSketch& sketch) {
  languages.first->grow = 1;
  if (!languages.second) return std::move(*languages.first);
  languages.second->grow = 1;
  return row(sketch.length(90), {std::move(*languages.first), std::move(*languages.second)},
             Align::baseline);
}

constexpr int kTitle = 96, kText = 46;

}  // namespace

Node text_card_tree(const TextCard& card, const CardSketch& plain) {
  CardSketch sketch = plain;
  const bool columns = sketch.attempt().side_by_side;
  sketch.align = columns ? Align::start : Align::center;
  const auto put = [&](const LocalizedText& text, const TextStyle& style, const char* where) {
    if (!columns) return sketch.localized(text, style, where, where != std::string{"title"});
    return beside(sketch.languages(text, style, where), sketch);
  };
  std::vector<Node> parts{put(card.title, sketch.title_style(kTitle), "title"),
                          accent_rule(sketch, !columns)};
  if (card.text) parts.push_back(put(*card.text, sketch.body_style(kText), "text"));
  return framed(column(sketch.length(36), std::move(parts)), sketch);
}

Node built_in_card_tree(const BuiltInCard& card, const CardSketch& plain) {
  // The one card that is always in both languages: nobody chose when it appears.
  CardSketch sketch{plain.style(), LanguageChoice::both, plain.size(), plain.attempt()};
  sketch.align = Align::center;
  Node mark = gate_mark(sketch.length(220), sketch.style());
  std::vector<Node> parts{row(0, {spacer(), std::move(mark), spacer()})};
  if (!card.name.empty()) {
    parts.push_back(sketch.words(card.name, sketch.label_style(48), "title"));
  }
  parts.push_back(sketch.localized(
      {"Nội dung đang được cập nhật", {{"en", "This content is being updated"}}},
      sketch.title_style(72), "title"));
  parts.push_back(accent_rule(sketch, true));
  parts.push_back(sketch.localized({"Kính mong quý khách thông cảm và quay lại sau ít phút.",
                                    {{"en",
                                      "Thank you for your patience. Please come back in "
                                      "a few minutes."}}},
                                   sketch.body_style(40), "text"));
  return framed(column(sketch.length(34), std::move(parts)), sketch);
}

}  // namespace conglang::player
