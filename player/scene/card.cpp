#include "player/scene/card.h"

#include <algorithm>
#include <utility>

#include "player/scene/card_trees.h"
#include "player/scene/contrast.h"
#include "player/scene/layout.h"
#include "player/scene/qr_code.h"

namespace conglang::player {
namespace {

struct Link {
  FramePtr qr_code;
  std::optional<CardIssue> issue;
};

Link link_of(const EntryCard& card, const CardSketch& sketch) {
  constexpr int kLeastQrCode = 180;  // pixels
  if (!card.link) return {};
  if (domain_of(*card.link).empty()) {
    return {nullptr, CardIssue{CardIssueKind::does_not_fit, "link", "it is no https address"}};
  }
  auto code = draw_qr_code(*card.link, std::max(kLeastQrCode, sketch.length(200)));
  if (!code) {
    return {nullptr, CardIssue{CardIssueKind::does_not_fit, "link", code.error().message}};
  }
  return {std::move(*code), {}};
}

// A long text reads better in two columns than in lines across the whole card.
bool reads_better_in_columns(const TextCard& card, LanguageChoice language, Size size) {
  constexpr std::size_t kLongText = 260;  // bytes: more than three lines across the card
  const bool wide = size.width * 10 >= size.height * 16;
  return wide && language == LanguageChoice::both && card.text && card.text->find("en") &&
         card.text->vi.size() > kLongText;
}

// From as intended down to the smallest words, then with less and less of them.
std::vector<CardAttempt> attempts(bool side_by_side) {
  std::vector<CardAttempt> all;
  for (const int percent : {100, 90, 80}) {
    all.push_back({percent, side_by_side});
    if (side_by_side) all.push_back({percent, false});
  }
  CardAttempt cut{80, side_by_side};
  for (cut.body_lines = 12; cut.body_lines > 4; --cut.body_lines) all.push_back(cut);
  for (cut.most_facts = 6; cut.most_facts > 3; --cut.most_facts) all.push_back(cut);
  for (cut.title_lines = 3; cut.title_lines > 2; --cut.title_lines) all.push_back(cut);
  for (; cut.body_lines > 1; --cut.body_lines) all.push_back(cut);
  all.push_back(cut);
  cut.title_lines = 1;
  for (; cut.most_facts >= 0; --cut.most_facts) all.push_back(cut);
  return all;
}

class Composer {
 public:
  Composer(const CardStyle& style, LanguageChoice language, Size size, TextEngine& text)
      : style_(style), language_(language), size_(size), text_(text) {}

  Result<CardPicture> operator()(const TextCard& card) {
    const bool columns = reads_better_in_columns(card, language_, size_);
    auto laid_out =
        fitted(columns, [&](const CardSketch& sketch) { return text_card_tree(card, sketch); });
    if (!laid_out) return laid_out.error();
    CardPicture made = background();
    if (card.background) add_backdrop(card.background, laid_out->words, made.list);
    return finished(std::move(made), std::move(*laid_out));
  }

  Result<CardPicture> operator()(const EntryCard& card) {
    const Link link = link_of(card, CardSketch{style_, language_, size_, {}});
    int most_facts = 0;
    auto laid_out = fitted(false, [&](const CardSketch& sketch) {
      most_facts = sketch.attempt().most_facts;
      return entry_card_tree(card, link.qr_code, sketch);
    });
    if (!laid_out) return laid_out.error();
    CardPicture made = background();
    if (link.issue) made.issues.push_back(*link.issue);
    if (static_cast<int>(card.facts.size()) > most_facts) laid_out->cut.emplace_back("facts");
    return finished(std::move(made), std::move(*laid_out));
  }

  Result<CardPicture> operator()(const BuiltInCard& card) {
    auto laid_out = fitted(
        false, [&](const CardSketch& sketch) { return built_in_card_tree(card, sketch); });
    if (!laid_out) return laid_out.error();
    return finished(background(), std::move(*laid_out));
  }

  Result<CardPicture> operator()(const NoticeCard& card) {
    const CardStyle style = notice_style(card.tone, style_);
    // Nobody chose when an urgent message appears, nor who stands before it then.
    const bool both = card.tone == NoticeTone::urgent;
    Composer composer{style, both ? LanguageChoice::both : language_, size_, text_};
    return composer.notice(card);
  }

 private:
  Result<CardPicture> notice(const NoticeCard& card) {
    FramePtr code;
    CardPicture made = background();
    if (!card.address.empty()) {
      auto drawn =
          draw_qr_code(card.address, CardSketch{style_, language_, size_, {}}.length(380));
      if (drawn) code = std::move(*drawn);
      if (!drawn) {
        made.issues.push_back({CardIssueKind::does_not_fit, "link", drawn.error().message});
      }
    }
    auto laid_out = fitted(
        false, [&](const CardSketch& sketch) { return notice_card_tree(card, code, sketch); });
    if (!laid_out) return laid_out.error();
    return finished(std::move(made), std::move(*laid_out));
  }

  // The first attempt of which everything has room, else the last one.
  template <typename MakeTree>
  Result<LaidOut> fitted(bool side_by_side, const MakeTree& make_tree) {
    LaidOut last;
    for (const CardAttempt& attempt : attempts(side_by_side)) {
      const CardSketch sketch{style_, language_, size_, attempt};
      auto laid_out = lay_out_scene(make_tree(sketch), whole(size_), text_);
      if (!laid_out) return laid_out.error();
      last = std::move(*laid_out);
      if (!last.overflows) break;
    }
    return last;
  }

  CardPicture background() const {
    CardPicture made;
    made.list.size = size_;
    made.list.commands.push_back(DrawFill{whole(size_), style_.background});
    return made;
  }

  // The picture over the whole card, and a scrim only as dense as the words need it.
  void add_backdrop(const FramePtr& picture, const Rect& words, DrawList& list) const {
    const Rect where = fit_over(display_size(*picture), whole(size_));
    list.commands.push_back(DrawPicture{picture, where, whole(size_), 1});
    const int margin = std::min(size_.width, size_.height) / 12;
    const Rect panel = {words.x - margin, words.y - margin, words.width + 2 * margin,
                        words.height + 2 * margin};
    const Extremes below = extremes_of(*picture, part_of(*picture, where, words));
    double opacity = 0;
    for (const Color color : {style_.text, style_.text_muted}) {
      opacity = std::max(opacity, scrim_opacity(style_.background, color, below));
    }
    if (opacity == 0 || words.empty()) return;
    FramePtr scrim =
        soft_panel({panel.width, panel.height}, margin, style_.background, opacity);
    list.commands.push_back(DrawPicture{std::move(scrim), panel, {}, 1});
  }

  // The pixels of the picture that lie below `seen` when all of it is shown at `where`.
  static Rect part_of(const Frame& picture, const Rect& where, const Rect& seen) {
    const auto across = [&](int x) { return (x - where.x) * picture.size.width / where.width; };
    const auto down = [&](int y) { return (y - where.y) * picture.size.height / where.height; };
    const int left = across(seen.x), top = down(seen.y);
    return {left, top, across(seen.right()) - left, down(seen.bottom()) - top};
  }

  static Result<CardPicture> finished(CardPicture made, LaidOut laid_out) {
    for (DrawCommand& command : laid_out.commands)
      made.list.commands.push_back(std::move(command));
    const auto add = [&made](CardIssue issue) {
      if (std::find(made.issues.begin(), made.issues.end(), issue) == made.issues.end()) {
        made.issues.push_back(std::move(issue));
      }
    };
    for (std::string& where : laid_out.cut) {
      add({CardIssueKind::does_not_fit, std::move(where), "cut at the smallest size"});
    }
    if (laid_out.overflows) {
      add({CardIssueKind::does_not_fit, "card", "more than there is room for"});
    }
    for (MissingGlyph& glyph : laid_out.missing) {
      add({CardIssueKind::missing_glyph, std::move(glyph.where), std::move(glyph.letter)});
    }
    return made;
  }

  const CardStyle& style_;
  const LanguageChoice language_;
  const Size size_;
  TextEngine& text_;
};

}  // namespace

Result<CardPicture> compose_card(const CardContent& content, const CardStyle& style,
                                 LanguageChoice language, Size size, TextEngine& text) {
  constexpr int kSmallest = 64, kLargest = 8192;
  if (std::min(size.width, size.height) < kSmallest ||
      std::max(size.width, size.height) > kLargest) {
    return Error{ErrorKind::unsupported, "card: a size of " + std::to_string(size.width) + "x" +
                                             std::to_string(size.height)};
  }
  return std::visit(Composer{style, language, size, text}, content);
}

}  // namespace conglang::player
