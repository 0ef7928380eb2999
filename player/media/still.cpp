#include "player/media/still.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "player/media/picture_form.h"
#include "player/media/still_decoder.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace conglang::player {
namespace {

constexpr int kMaxTargetSide = 8192;

bool has_alpha(int format) {
  const AVPixFmtDescriptor* facts = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(format));
  return facts != nullptr && (facts->flags & AV_PIX_FMT_FLAG_ALPHA) != 0;
}

// A picture without tags is BT.601, whatever its size: JPEG and WebP know nothing else.
PictureColors still_colors(const AVFrame& picture) {
  PictureColors colors = colors_of(picture);
  if (picture.colorspace == AVCOL_SPC_UNSPECIFIED) colors.matrix = ColorMatrix::bt601;
  return colors;
}

struct ScaleJob {
  const AVFrame& from;
  AVPixelFormat format = AV_PIX_FMT_BGR0;
  Size size;
  std::uint8_t* pixels = nullptr;
  int stride = 0;
};

Status scale(const ScaleJob& job, const std::string& path) {
  const auto source = static_cast<AVPixelFormat>(job.from.format);
  const bool shrinks = job.size.width < job.from.width;
  const int quality =
      (shrinks ? SWS_AREA : SWS_BICUBIC) | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT;
  const AvScaler scaler(sws_getContext(job.from.width, job.from.height, source, job.size.width,
                                       job.size.height, job.format, quality, nullptr, nullptr,
                                       nullptr));
  if (scaler == nullptr) {
    return Error{ErrorKind::unsupported, path + ": its pixels cannot be converted"};
  }
  set_colors(*scaler, still_colors(job.from), {ColorMatrix::bt601, ColorRange::full});
  std::uint8_t* planes[4] = {job.pixels, nullptr, nullptr, nullptr};
  const int strides[4] = {job.stride, 0, 0, 0};
  sws_scale(scaler.get(), job.from.data, job.from.linesize, 0, job.from.height, planes,
            strides);
  return {};
}

// Scaling must not let the hidden colours of see-through pixels shine out at edges, so
// they are premultiplied before. The picture is replaced; tells whether any was there.
Result<bool> premultiply_first(AvFrame& picture, const std::string& path) {
  const Size size{picture->width, picture->height};
  if (picture->format != AV_PIX_FMT_BGRA || av_frame_is_writable(picture.get()) == 0) {
    AvFrame packed = make_av_frame();
    packed->format = AV_PIX_FMT_BGRA;
    packed->width = size.width;
    packed->height = size.height;
    if (const int code = av_frame_get_buffer(packed.get(), 0); code < 0) {
      return av_error(ErrorKind::too_large, path, "no memory for its picture", code);
    }
    const Status done =
        scale({*picture, AV_PIX_FMT_BGRA, size, packed->data[0], packed->linesize[0]}, path);
    if (!done) return done.error();
    picture = std::move(packed);
  }
  return premultiply(picture->data[0], picture->linesize[0], size);
}

// Cuts what lies outside of the target's shape from both sides alike.
void crop_to_shape(AVFrame& picture, Size shape) {
  const double wanted = static_cast<double>(shape.width) / shape.height;
  const double is = static_cast<double>(picture.width) / picture.height;
  if (is > wanted) {
    const int keep =
        std::clamp(static_cast<int>(std::lround(picture.height * wanted)), 1, picture.width);
    picture.crop_left = static_cast<std::size_t>((picture.width - keep) / 2) & ~std::size_t{1};
    picture.crop_right = static_cast<std::size_t>(picture.width - keep) - picture.crop_left;
  } else {
    const int keep =
        std::clamp(static_cast<int>(std::lround(picture.width / wanted)), 1, picture.height);
    picture.crop_top = static_cast<std::size_t>((picture.height - keep) / 2) & ~std::size_t{1};
    picture.crop_bottom = static_cast<std::size_t>(picture.height - keep) - picture.crop_top;
  }
  av_frame_apply_cropping(&picture, AV_FRAME_CROP_UNALIGNED);
}

// Where the stored pixel (x, y) stands in the upright picture.
std::ptrdiff_t upright_offset(int x, int y, Size stored, Uprighting how) {
  if (how.mirror) x = stored.width - 1 - x;
  const std::ptrdiff_t width = turned(stored, how.turn).width;
  switch (how.turn) {
    case Turn::none:
      return y * width + x;
    case Turn::quarter:
      return x * width + (stored.height - 1 - y);
    case Turn::half:
      return (stored.height - 1 - y) * width + (stored.width - 1 - x);
    case Turn::three_quarters:
      return (stored.width - 1 - x) * width + y;
  }
  return 0;
}

WritableFrame make_upright(WritableFrame stored, Uprighting how) {
  if (!how.mirror && how.turn == Turn::none) return stored;
  const Size size = stored.frame->size;
  WritableFrame made = make_bgra_frame(turned(size, how.turn), stored.frame->layout);
  const auto* from = reinterpret_cast<const std::uint32_t*>(stored.pixels);
  auto* to = reinterpret_cast<std::uint32_t*>(made.pixels);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) to[upright_offset(x, y, size, how)] = *from++;
  }
  return made;
}

}  // namespace

Result<Still> read_still(const std::string& path, const StillOptions& options) {
  const Size target = options.target;
  if (target.width < 1 || target.height < 1 || target.width > kMaxTargetSide ||
      target.height > kMaxTargetSide) {
    return Error{ErrorKind::unsupported, path + ": is asked for at an impossible size"};
  }
  const bool cover = options.fit == StillFit::cover;
  auto decoded = decode_still(path, target, cover);
  if (!decoded) return decoded.error();
  AvFrame picture = std::move(decoded->picture);
  const Uprighting how = decoded->uprighting;
  const Size upright = turned(decoded->stored, how.turn);

  const Size shown = cover ? target : shown_size(upright, target, false);
  const Size stored_shown = turned(shown, how.turn);
  if (cover) crop_to_shape(*picture, stored_shown);
  bool translucent = false;
  if (has_alpha(picture->format)) {
    const auto found = premultiply_first(picture, path);
    if (!found) return found.error();
    translucent = *found;
  }
  WritableFrame made =
      make_bgra_frame(stored_shown, translucent ? PixelLayout::bgra : PixelLayout::bgrx);
  const AVPixelFormat format = translucent ? AV_PIX_FMT_BGRA : AV_PIX_FMT_BGR0;
  // Opaque pixels that were packed as BGRA scale faster as what they are.
  if (!translucent && picture->format == AV_PIX_FMT_BGRA) picture->format = AV_PIX_FMT_BGR0;
  const Status scaled = scale({*picture, format, stored_shown, made.pixels, made.stride}, path);
  if (!scaled) return scaled.error();
  picture.reset();
  return Still{make_upright(std::move(made), how).frame, upright};
}

}  // namespace conglang::player
