#include <utility>

#include "player/scene/card_trees.h"

namespace conglang::player {
namespace {

constexpr int kLabel = 44, kTitle = 92, kText = 46, kCode = 150, kFact = 40;

// Across the whole card, so that an urgent notice is known from afar before it is read.
Node band(const NoticeCard& card, const CardSketch& sketch) {
  TextStyle style = sketch.label_style(kLabel);
  style.color = sketch.style().accent_text;
  Node words = sketch.localized(card.label, style, "label");
  if (auto* group = std::get_if<Group>(&words.content)) {
    for (Node& line : group->children) {
      if (auto* text = std::get_if<Words>(&line.content)) text->style.color = style.color;
    }
  }
  Node made = column(0, {std::move(words)});
  const int side = sketch.length(60);
  made.padding = {side, sketch.length(26), side, sketch.length(26)};
  made.fill = sketch.style().accent;
  return made;
}

Node code_line(const NoticeCard& card, const CardSketch& sketch) {
  return sketch.words(card.code, sketch.label_style(kCode), "code");
}

Node fact_line(const CardFact& fact, const CardSketch& sketch) {
  const TextStyle label = sketch.body_style(kFact);
  TextStyle value = sketch.label_style(kFact);
  value.color = sketch.style().text;
  Node made = column(sketch.length(4), {sketch.localized(fact.label, label, "facts"),
                                        sketch.localized(fact.value, value, "facts")});
  made.grow = 1;
  return made;
}

Node message(const NoticeCard& card, const CardSketch& sketch, bool centred) {
  std::vector<Node> parts{sketch.localized(card.title, sketch.title_style(kTitle), "title"),
                          accent_rule(sketch, centred)};
  if (!card.code.empty()) parts.push_back(code_line(card, sketch));
  if (card.text) {
    parts.push_back(sketch.localized(*card.text, sketch.body_style(kText), "text", true));
  }
  std::vector<Node> facts;
  for (const CardFact& fact : card.facts) facts.push_back(fact_line(fact, sketch));
  if (!facts.empty()) parts.push_back(row(sketch.length(60), std::move(facts)));
  return column(sketch.length(32), std::move(parts));
}

Node body(const NoticeCard& card, const FramePtr& qr_code, const CardSketch& plain) {
  CardSketch sketch = plain;
  const bool beside = qr_code != nullptr && !sketch.is_portrait();
  sketch.align = beside ? Align::start : Align::center;
  Node words = message(card, sketch, !beside);
  Node middle;
  if (!qr_code) {
    middle = std::move(words);
  } else {
    Node code;
    code.content = Picture{qr_code, false};
    if (beside) {
      words.grow = 1;
      middle = row(sketch.length(80), {std::move(words), std::move(code)}, Align::center);
    } else {
      middle = column(sketch.length(50),
                      {std::move(words), row(0, {spacer(), std::move(code), spacer()})});
    }
  }
  Node centred = column(0, {spacer(), std::move(middle), spacer()});
  const int side = sketch.length(sketch.is_portrait() ? 80 : 130);
  centred.padding = {side, sketch.length(50), side, sketch.length(60)};
  centred.grow = 1;
  return centred;
}

}  // namespace

// Warning red with yellow: seen from across a market, whatever the theme.
CardStyle notice_style(NoticeTone tone, const CardStyle& style) {
  if (tone == NoticeTone::calm) return style;
  CardStyle warning;
  warning.background = {0x9b, 0x11, 0x11, 255};
  warning.surface = {0x7a, 0x0c, 0x0c, 255};
  warning.text = {0xff, 0xff, 0xff, 255};
  warning.text_muted = {0xff, 0xe9, 0xd6, 255};
  warning.accent = {0xff, 0xd6, 0x1f, 255};
  warning.accent_text = {0x3a, 0x05, 0x05, 255};
  return warning;
}

Node notice_card_tree(const NoticeCard& card, const FramePtr& qr_code,
                      const CardSketch& plain) {
  CardSketch sketch = plain;
  sketch.align = Align::center;
  return column(0, {band(card, sketch), body(card, qr_code, plain)});
}

}  // namespace conglang::player
