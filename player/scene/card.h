// Composes the cards a kiosk shows: words in two languages, a picture, facts, a QR code.
//
// Vietnamese comes first and large, English calmer below or beside it. Words that do not
// fit are set smaller in three steps, then cut with an ellipsis, and reported.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "player/canvas/draw_list.h"
#include "player/text/text_engine.h"
#include "playlists/base/localized_text.h"
#include "playlists/base/result.h"

namespace conglang::player {

enum class LanguageChoice { vi, en, both };

// The colours of a theme. The default is lacquer, cream and gold.
struct CardStyle {
  Color background{0x2a, 0x12, 0x0f, 255};
  Color surface{0x43, 0x20, 0x1a, 255};
  Color text{0xfb, 0xf2, 0xdc, 255};
  Color text_muted{0xdc, 0xc6, 0xa0, 255};
  Color accent{0xe5, 0xae, 0x45, 255};
  Color accent_text{0x2a, 0x12, 0x0f, 255};
  bool operator==(const CardStyle&) const = default;
};

struct TextCard {
  LocalizedText title;
  std::optional<LocalizedText> text;
  FramePtr background;  // may be null
};

struct CardFact {
  LocalizedText label, value;
};

struct EntryCard {
  LocalizedText category, title, summary;
  std::vector<CardFact> facts;
  std::optional<LocalizedText> place;
  std::optional<std::string> link;  // https://...; shown as a QR code with its domain
  FramePtr picture;                 // may be null
};

// What is shown when nothing else can be.
struct BuiltInCard {
  std::string name;  // of the commune; may be empty
};

enum class NoticeTone { calm, urgent };

// Something that people are told in the middle of the show: a correction, an urgent message,
// which kiosk this is, how to enrol it.
struct NoticeCard {
  NoticeTone tone = NoticeTone::calm;
  LocalizedText label;  // what kind of notice it is
  LocalizedText title;
  std::optional<LocalizedText> text;
  std::string code;  // to be read from afar and typed; may be empty
  std::vector<CardFact> facts;
  std::string address;  // shown as a QR code; may be empty
};

using CardContent = std::variant<TextCard, EntryCard, BuiltInCard, NoticeCard>;

enum class CardIssueKind { does_not_fit, missing_glyph };

struct CardIssue {
  CardIssueKind kind = CardIssueKind::does_not_fit;
  std::string where;   // "title", "text", "summary", "facts", "place", "link", "category"
  std::string detail;  // for a person: what is cut, which character
  bool operator==(const CardIssue&) const = default;
};

struct CardPicture {
  DrawList list;
  std::vector<CardIssue> issues;
};

// The most room that an entry card of `size` gives its picture.
Size picture_room(Size size);

// Threads: the owner of `text`.
// Fails: malformed, too_large as TextEngine::lay_out; unsupported unless `size` is 64 to
// 8192 a side.
Result<CardPicture> compose_card(const CardContent& content, const CardStyle& style,
                                 LanguageChoice language, Size size, TextEngine& text);

}  // namespace conglang::player
