// The trees of the kinds of card.
#pragma once

#include "player/scene/card_sketch.h"

namespace conglang::player {

Node text_card_tree(const TextCard& card, const CardSketch& sketch);
Node built_in_card_tree(const BuiltInCard& card, const CardSketch& sketch);

// `qr_code` may be null.
Node entry_card_tree(const EntryCard& card, const FramePtr& qr_code, const CardSketch& sketch);

// `qr_code` may be null. An urgent notice has its own colours, see notice_style().
Node notice_card_tree(const NoticeCard& card, const FramePtr& qr_code,
                      const CardSketch& sketch);
CardStyle notice_style(NoticeTone tone, const CardStyle& style);

// A village gate with two roofs, of `width` pixels, in the colour of the accent.
Node gate_mark(int width, const CardStyle& style);

// An ornament below a title: a line with a square in its middle or at its beginning.
Node accent_rule(const CardSketch& sketch, bool centred);

}  // namespace conglang::player
