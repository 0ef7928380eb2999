// Which of libyuv's conversion constants a frame's colours ask for.
#pragma once

#include "player/canvas/frame.h"

namespace libyuv {
struct YuvConstants;
}

namespace conglang::player {

// Never nullptr. BT.2020 is converted as such, without tone mapping.
const libyuv::YuvConstants* yuv_constants(ColorMatrix matrix, ColorRange range);

}  // namespace conglang::player
