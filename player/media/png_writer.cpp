#include "player/media/png_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <span>

#include "player/media/av_handles.h"

namespace conglang::player {
namespace {

// PNG holds R G B, and alpha that is not premultiplied.
void copy_row(const std::uint8_t* from, std::span<std::uint8_t> to, bool alpha) {
  const std::size_t step = alpha ? 4 : 3;
  for (std::size_t at = 0; at < to.size(); at += step, from += 4) {
    const unsigned opacity = alpha ? from[3] : 255;
    for (std::size_t i = 0; i < 3; ++i) {
      const unsigned value = opacity == 0 ? 0 : (from[2 - i] * 255U + opacity / 2) / opacity;
      to[at + i] = static_cast<std::uint8_t>(value > 255 ? 255 : value);
    }
    if (alpha) to[at + 3] = from[3];
  }
}

Result<AvFrame> as_rgb(const Frame& picture, const std::string& path) {
  const bool alpha = picture.layout == PixelLayout::bgra;
  if (!alpha && picture.layout != PixelLayout::bgrx) {
    return Error{ErrorKind::unsupported, path + ": only packed pixels are written as PNG"};
  }
  AvFrame frame = make_av_frame();
  frame->format = alpha ? AV_PIX_FMT_RGBA : AV_PIX_FMT_RGB24;
  frame->width = picture.size.width;
  frame->height = picture.size.height;
  if (const int code = av_frame_get_buffer(frame.get(), 0); code < 0) {
    return av_error(ErrorKind::storage, path, "no memory for the picture", code);
  }
  const std::size_t row_bytes = static_cast<std::size_t>(frame->width) * (alpha ? 4 : 3);
  for (std::ptrdiff_t y = 0; y < frame->height; ++y) {
    copy_row(picture.planes[0].bytes + y * picture.planes[0].stride,
             {frame->data[0] + y * frame->linesize[0], row_bytes}, alpha);
  }
  return frame;
}

Result<AvPacket> encoded(const AVFrame& frame, const std::string& path) {
  const AVCodec* encoder = avcodec_find_encoder(AV_CODEC_ID_PNG);
  if (encoder == nullptr) return Error{ErrorKind::unsupported, path + ": no PNG encoder"};
  const AvCodec codec = make_av_codec(encoder);
  codec->width = frame.width;
  codec->height = frame.height;
  codec->pix_fmt = static_cast<AVPixelFormat>(frame.format);
  codec->time_base = {1, 1};
  codec->thread_count = 1;
  AvPacket packet = make_av_packet();
  int code = avcodec_open2(codec.get(), encoder, nullptr);
  if (code >= 0) code = avcodec_send_frame(codec.get(), &frame);
  if (code >= 0) code = avcodec_send_frame(codec.get(), nullptr);
  if (code >= 0) code = avcodec_receive_packet(codec.get(), packet.get());
  if (code >= 0) return packet;
  return av_error(ErrorKind::unsupported, path, "cannot be encoded as PNG", code);
}

bool write_all(int fd, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

Status write_png(const std::string& path, const Frame& picture) {
  const auto frame = as_rgb(picture, path);
  if (!frame) return frame.error();
  const auto packet = encoded(**frame, path);
  if (!packet) return packet.error();

  const std::string beside = path + ".part";
  const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return Error{ErrorKind::storage, path + ": cannot be written"};
  const bool written =
      write_all(fd, {(*packet)->data, static_cast<std::size_t>((*packet)->size)}) &&
      ::fsync(fd) == 0;
  const bool closed = ::close(fd) == 0;
  if (written && closed && std::rename(beside.c_str(), path.c_str()) == 0) return {};
  ::unlink(beside.c_str());
  return Error{ErrorKind::storage, path + ": cannot be written"};
}

}  // namespace conglang::player
