#include <algorithm>
#include <utility>

#include "player/scene/card_trees.h"
#include "player/scene/qr_code.h"

namespace conglang::player {
namespace {

// Parts of a hundred of the card that its picture takes.
constexpr int kPictureWidth = 43, kPictureHeight = 36;
constexpr int kCategory = 32, kTitle = 72, kSummary = 40, kFact = 34, kFoot = 32;

Color faded(Color color, int alpha) {
  color.alpha = static_cast<std::uint8_t>(alpha);
  return color;
}

Node category_line(const EntryCard& card, const CardSketch& sketch) {
  Node label =
      sketch.words(card.category.in(sketch.language() == LanguageChoice::en ? "en" : "vi"),
                   sketch.label_style(kCategory), "category");
  std::vector<Node> parts{block(sketch.length(44), sketch.length(6), sketch.style().accent),
                          std::move(label)};
  const std::string* english = card.category.find("en");
  if (sketch.language() == LanguageChoice::both && english != nullptr) {
    TextStyle calm = sketch.body_style(kCategory - 4);
    calm.color = sketch.style().text_muted;
    parts.push_back(sketch.words(*english, calm, "category"));
  }
  return row(sketch.length(18), std::move(parts), Align::center);
}

Node fact_row(const CardFact& fact, const CardSketch& sketch) {
  TextStyle label_style = sketch.body_style(kFact);
  label_style.color = sketch.style().accent;
  Node label = sketch.localized(fact.label, label_style, "facts");
  label.grow = 4;
  Node value = sketch.localized(fact.value, sketch.body_style(kFact), "facts");
  value.grow = 7;
  return row(sketch.length(28), {std::move(label), std::move(value)}, Align::baseline);
}

Node facts_block(const EntryCard& card, const CardSketch& sketch) {
  std::vector<Node> rows;
  const auto count =
      std::min(card.facts.size(), static_cast<std::size_t>(sketch.attempt().most_facts));
  for (std::size_t i = 0; i < count; ++i) {
    Node line;
    line.height = std::max(1, sketch.length(2));
    line.fill = faded(sketch.style().accent, 110);
    rows.push_back(std::move(line));
    rows.push_back(fact_row(card.facts[i], sketch));
  }
  return column(sketch.length(12), std::move(rows));
}

// Where it is and where to read on.
Node foot(const EntryCard& card, const FramePtr& qr_code, const CardSketch& sketch) {
  std::vector<Node> lines;
  if (card.place) {
    TextStyle style = sketch.label_style(kFoot);
    style.color = sketch.style().text;
    lines.push_back(sketch.localized(*card.place, style, "place"));
  }
  std::vector<Node> parts;
  if (qr_code) {
    Node code;
    code.content = Picture{qr_code, false};
    parts.push_back(std::move(code));
    const LocalizedText scan{"Quét mã để xem thêm", {{"en", "Scan to find out more"}}};
    lines.push_back(sketch.localized(scan, sketch.body_style(kFoot - 2), "link"));
    lines.push_back(sketch.words(domain_of(*card.link), sketch.label_style(kFoot - 2), "link"));
  }
  Node words = column(sketch.length(8), std::move(lines));
  words.grow = 1;
  parts.push_back(std::move(words));
  Node made = row(sketch.length(32), std::move(parts), Align::center);
  made.padding = {sketch.length(40), sketch.length(28), sketch.length(40), sketch.length(28)};
  made.fill = sketch.style().surface;
  return made;
}

Node headline(const EntryCard& card, const CardSketch& sketch) {
  return column(sketch.length(22),
                {category_line(card, sketch),
                 sketch.localized(card.title, sketch.title_style(kTitle), "title"),
                 accent_rule(sketch, false)});
}

Node story(const EntryCard& card, const CardSketch& sketch) {
  return sketch.localized(card.summary, sketch.body_style(kSummary), "summary", true);
}

// Category and title, summary and facts, from top to bottom.
Node words_column(const EntryCard& card, const CardSketch& sketch) {
  std::vector<Node> parts{headline(card, sketch), story(card, sketch)};
  if (!card.facts.empty()) {
    parts.push_back(spacer());
    parts.push_back(facts_block(card, sketch));
  }
  Node made = column(sketch.length(30), std::move(parts));
  const int side = sketch.length(72);
  made.padding = {side, sketch.length(64), side, sketch.length(64)};
  made.grow = 1;
  return made;
}

// Without a picture a wide card has the story at the left and the facts at the right.
Node wide_words(const EntryCard& card, const CardSketch& sketch) {
  if (card.facts.empty() || sketch.is_portrait()) return words_column(card, sketch);
  Node left = column(sketch.length(30), {headline(card, sketch), story(card, sketch)});
  left.grow = 3;
  Node right = column(0, {spacer(), facts_block(card, sketch), spacer()});
  right.grow = 2;
  Node made = row(sketch.length(90), {std::move(left), std::move(right)});
  const int side = sketch.length(110);
  made.padding = {side, sketch.length(90), side, sketch.length(64)};
  made.grow = 1;
  return made;
}

Node picture_of(const EntryCard& card) {
  Node picture;
  picture.content = Picture{card.picture, true};
  picture.grow = 1;
  return picture;
}

}  // namespace

Size picture_room(Size size) {
  if (size.height > size.width) return {size.width, size.height * kPictureHeight / 100};
  return {size.width * kPictureWidth / 100, size.height};
}

Node entry_card_tree(const EntryCard& card, const FramePtr& qr_code, const CardSketch& sketch) {
  const bool has_foot = card.place || qr_code;
  const Color accent = sketch.style().accent;
  std::vector<Node> parts;
  if (!card.picture) {
    parts.push_back(block(0, sketch.length(12), accent));
    parts.push_back(wide_words(card, sketch));
    if (has_foot) parts.push_back(foot(card, qr_code, sketch));
    return column(0, std::move(parts));
  }
  if (sketch.is_portrait()) {
    Node picture = picture_of(card);
    picture.grow = 0;
    // Where words must be smaller, the picture gives way too.
    const int part = kPictureHeight - (100 - sketch.attempt().percent) * 3 / 10;
    picture.height = sketch.size().height * part / 100;
    parts = {std::move(picture), block(0, sketch.length(8), accent),
             words_column(card, sketch)};
    if (has_foot) parts.push_back(foot(card, qr_code, sketch));
    return column(0, std::move(parts));
  }
  std::vector<Node> side{picture_of(card)};
  if (has_foot) side.push_back(foot(card, qr_code, sketch));
  Node left = column(0, std::move(side));
  left.width = sketch.size().width * kPictureWidth / 100;
  return row(0,
             {std::move(left), block(sketch.length(8), 0, accent), words_column(card, sketch)});
}

}  // namespace conglang::player
