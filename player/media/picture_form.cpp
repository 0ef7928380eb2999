#include "player/media/picture_form.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

extern "C" {
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
}

namespace conglang::player {
namespace {

std::optional<PixelLayout> layout_of(int format) {
  switch (format) {
    case AV_PIX_FMT_YUV420P:
    case AV_PIX_FMT_YUVJ420P:
      return PixelLayout::i420;
    case AV_PIX_FMT_YUV422P:
    case AV_PIX_FMT_YUVJ422P:
      return PixelLayout::i422;
    case AV_PIX_FMT_YUV444P:
    case AV_PIX_FMT_YUVJ444P:
      return PixelLayout::i444;
    case AV_PIX_FMT_NV12:
      return PixelLayout::nv12;
    case AV_PIX_FMT_BGR0:
      return PixelLayout::bgrx;
    default:
      return std::nullopt;
  }
}

bool can_be_shared(const AVFrame& picture) {
  if (!layout_of(picture.format)) return false;
  return std::all_of(std::begin(picture.linesize), std::begin(picture.linesize) + 3,
                     [](int stride) { return stride >= 0; });
}

// RGB stays RGB; anything that is deeper or rarer becomes 4:2:0 of 8 bits.
AVPixelFormat showable_format(int format) {
  const AVPixFmtDescriptor* facts = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(format));
  if (facts == nullptr) return AV_PIX_FMT_NONE;
  if ((facts->flags & AV_PIX_FMT_FLAG_ALPHA) != 0) return AV_PIX_FMT_BGRA;
  if ((facts->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0) return AV_PIX_FMT_BGR0;
  return AV_PIX_FMT_YUV420P;
}

bool is_full_by_format(int format) {
  return format == AV_PIX_FMT_YUVJ420P || format == AV_PIX_FMT_YUVJ422P ||
         format == AV_PIX_FMT_YUVJ444P || format == AV_PIX_FMT_YUVJ440P ||
         format == AV_PIX_FMT_YUVJ411P;
}

int scaler_matrix(ColorMatrix matrix) {
  switch (matrix) {
    case ColorMatrix::bt601:
      return SWS_CS_ITU601;
    case ColorMatrix::bt709:
      return SWS_CS_ITU709;
    case ColorMatrix::bt2020:
      return SWS_CS_BT2020;
  }
  return SWS_CS_DEFAULT;
}

double pixel_aspect_of(const AVFrame& picture, double otherwise) {
  const AVRational ratio = picture.sample_aspect_ratio;
  const double aspect = ratio.num > 0 && ratio.den > 0 ? av_q2d(ratio) : otherwise;
  // Outside of this it is a damaged header, no format that was ever used.
  return aspect >= 0.2 && aspect <= 5 ? aspect : 1;
}

std::size_t memory_of(const AVFrame& picture) {
  std::size_t bytes = 0;
  for (const AVBufferRef* buffer : picture.buf) bytes += buffer != nullptr ? buffer->size : 0;
  return bytes;
}

}  // namespace

PictureColors colors_of(const AVFrame& picture) {
  PictureColors colors;
  switch (picture.colorspace) {
    case AVCOL_SPC_BT709:
      colors.matrix = ColorMatrix::bt709;
      break;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
      colors.matrix = ColorMatrix::bt2020;
      break;
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M:
    case AVCOL_SPC_FCC:
      break;
    default:
      if (picture.height >= 720) colors.matrix = ColorMatrix::bt709;
  }
  if (picture.color_range == AVCOL_RANGE_JPEG || is_full_by_format(picture.format)) {
    colors.range = ColorRange::full;
  }
  return colors;
}

Turn turn_of(const std::int32_t* display_matrix) {
  const double counterclockwise = av_display_rotation_get(display_matrix);
  if (std::isnan(counterclockwise)) return Turn::none;
  const auto quarters = static_cast<int>(std::lround(-counterclockwise / 90));
  return static_cast<Turn>((quarters % 4 + 4) % 4);
}

void set_colors(SwsContext& scaler, PictureColors from, PictureColors to) {
  constexpr int kOne = 1 << 16;  // contrast and saturation unchanged, 16.16 fixed point
  sws_setColorspaceDetails(&scaler, sws_getCoefficients(scaler_matrix(from.matrix)),
                           from.range == ColorRange::full ? 1 : 0,
                           sws_getCoefficients(scaler_matrix(to.matrix)),
                           to.range == ColorRange::full ? 1 : 0, 0, kOne, kOne);
}

bool premultiply(std::uint8_t* pixels, int stride, Size size) {
  bool translucent = false;
  for (int y = 0; y < size.height; ++y) {
    std::uint8_t* pixel = pixels + static_cast<std::ptrdiff_t>(y) * stride;
    for (int x = 0; x < size.width; ++x, pixel += 4) {
      const unsigned alpha = pixel[3];
      if (alpha == 255) continue;
      translucent = true;
      for (int i = 0; i < 3; ++i) {
        pixel[i] = static_cast<std::uint8_t>((pixel[i] * alpha + 127) / 255);
      }
    }
  }
  return translucent;
}

Result<AvFrame> PictureForm::converted(const AVFrame& picture, AVPixelFormat format) {
  const auto source = static_cast<AVPixelFormat>(picture.format);
  const int width = picture.width, height = picture.height;
  constexpr int kQuality = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT;
  scaler_.reset(sws_getCachedContext(scaler_.release(), width, height, source, width, height,
                                     format, kQuality, nullptr, nullptr, nullptr));
  if (scaler_ == nullptr) {
    return Error{ErrorKind::unsupported, path_ + ": its pixels cannot be converted"};
  }
  const PictureColors colors = colors_of(picture);
  set_colors(*scaler_, colors,
             {colors.matrix, format == AV_PIX_FMT_YUV420P ? colors.range : ColorRange::full});
  AvFrame made = make_av_frame();
  av_frame_copy_props(made.get(), &picture);
  made->format = format;
  made->width = width;
  made->height = height;
  if (const int code = av_frame_get_buffer(made.get(), 0); code < 0) {
    return av_error(ErrorKind::too_large, path_, "no memory for its picture", code);
  }
  sws_scale(scaler_.get(), picture.data, picture.linesize, 0, height, made->data,
            made->linesize);
  // What the source's format said by itself must be said now.
  made->color_range = colors.range == ColorRange::full ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  return made;
}

Result<FramePtr> PictureForm::frame(AvFrame picture, const PictureHints& hints) {
  if (picture->width > kMaxVideoSide || picture->height > kMaxVideoSide ||
      static_cast<std::int64_t>(picture->width) * picture->height > kMaxPixels) {
    return Error{ErrorKind::too_large, path_ + ": its pictures are too large"};
  }
  auto made = std::make_shared<Frame>();
  if (!can_be_shared(*picture)) {
    const AVPixelFormat format = showable_format(picture->format);
    auto shown = converted(*picture, format);
    if (!shown) return shown.error();
    picture = std::move(*shown);
    if (format == AV_PIX_FMT_BGRA) {
      made->layout =
          premultiply(picture->data[0], picture->linesize[0], {picture->width, picture->height})
              ? PixelLayout::bgra
              : PixelLayout::bgrx;
    }
  }
  if (const auto layout = layout_of(picture->format)) made->layout = *layout;
  made->serial = next_frame_serial();
  made->size = {picture->width, picture->height};
  for (std::size_t i = 0; i < made->planes.size(); ++i) {
    made->planes[i] = {picture->data[i], picture->linesize[i]};
  }
  const PictureColors colors = colors_of(*picture);
  made->matrix = colors.matrix;
  made->range = colors.range;
  made->turn = hints.turn;
  made->pixel_aspect = pixel_aspect_of(*picture, hints.pixel_aspect);
  made->bytes = memory_of(*picture);
  made->memory = std::shared_ptr<const AVFrame>(std::move(picture));
  return FramePtr(std::move(made));
}

}  // namespace conglang::player
