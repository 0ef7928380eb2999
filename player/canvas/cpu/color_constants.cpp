#include "player/canvas/cpu/color_constants.h"

#include <libyuv/convert_argb.h>

namespace conglang::player {

const libyuv::YuvConstants* yuv_constants(ColorMatrix matrix, ColorRange range) {
  const bool full = range == ColorRange::full;
  switch (matrix) {
    case ColorMatrix::bt601:
      return full ? &libyuv::kYuvJPEGConstants : &libyuv::kYuvI601Constants;
    case ColorMatrix::bt709:
      return full ? &libyuv::kYuvF709Constants : &libyuv::kYuvH709Constants;
    case ColorMatrix::bt2020:
      return full ? &libyuv::kYuvV2020Constants : &libyuv::kYuv2020Constants;
  }
  return &libyuv::kYuvH709Constants;
}

}  // namespace conglang::player
