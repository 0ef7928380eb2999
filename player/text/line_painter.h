// Draws one line of words as a picture, and measures it.
#pragma once

#include <vector>

#include "player/text/font_set.h"

namespace conglang::player {

int width_of(const std::vector<TextRun>& runs);

// The runs side by side on one baseline, cropped to their ink, premultiplied.
// Fails: storage when the font library draws nothing.
Result<TextLine> paint_line(const std::vector<TextRun>& runs, Color color);

}  // namespace conglang::player
