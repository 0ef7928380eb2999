// How well words can be read on a colour, and how dark a scrim must be for that.
#pragma once

#include "player/canvas/draw_list.h"

namespace conglang::player {

// What WCAG 2.2 asks of text.
inline constexpr double kReadableContrast = 4.5;

// 1 to 21; alpha is left out of account. Source: WCAG 2.2, relative luminance.
double contrast_ratio(Color a, Color b);

// `over` with `alpha` (0 to 1) laid over `under`.
Color blended(Color over, double alpha, Color under);

// The brightest and the darkest colour that a viewer sees in a part of a picture; a
// hundredth of the pixels at either end is left out. White and black when the picture is
// no upright bgrx or bgra frame.
struct Extremes {
  Color darkest{0, 0, 0, 255}, brightest{255, 255, 255, 255};
};
Extremes extremes_of(const Frame& picture, const Rect& part);

// The least opacity of a scrim of `background` under which `words` stay readable on both.
double scrim_opacity(Color background, Color words, const Extremes& below);

// A soft-edged panel: full in the middle, fading over `feather` pixels.
FramePtr soft_panel(Size size, int feather, Color color, double opacity);

}  // namespace conglang::player
