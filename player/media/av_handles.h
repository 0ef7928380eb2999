// Owning handles for the C objects of libav, and its errors as ours.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

#include <memory>
#include <string>

#include "playlists/base/result.h"

namespace conglang::player {

struct AvDelete {
  void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
  void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
  void operator()(SwrContext* resampler) const { swr_free(&resampler); }
  void operator()(AVIOContext* io) const;
};

using AvFormat = std::unique_ptr<AVFormatContext, AvDelete>;
using AvCodec = std::unique_ptr<AVCodecContext, AvDelete>;
using AvFrame = std::unique_ptr<AVFrame, AvDelete>;
using AvPacket = std::unique_ptr<AVPacket, AvDelete>;
using AvScaler = std::unique_ptr<SwsContext, AvDelete>;
using AvResampler = std::unique_ptr<SwrContext, AvDelete>;
using AvIo = std::unique_ptr<AVIOContext, AvDelete>;

// Never null.
AvFrame make_av_frame();
AvPacket make_av_packet();
AvCodec make_av_codec(const AVCodec* codec);

// libav writes to standard error on its own; what matters comes back as an Error.
void silence_av_log();

// "PATH: WHAT (libav's words)".
Error av_error(ErrorKind kind, const std::string& path, const char* what, int code);

}  // namespace conglang::player
