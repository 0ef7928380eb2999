#include "player/media/av_handles.h"

#include <array>

#include "playlists/base/check.h"

namespace conglang::player {

void AvDelete::operator()(AVIOContext* io) const {
  av_freep(&io->buffer);  // libav may have replaced the one it was given
  avio_context_free(&io);
}

AvFrame make_av_frame() {
  AvFrame frame(av_frame_alloc());
  check(frame != nullptr, "memory for a frame");
  return frame;
}

AvPacket make_av_packet() {
  AvPacket packet(av_packet_alloc());
  check(packet != nullptr, "memory for a packet");
  return packet;
}

AvCodec make_av_codec(const AVCodec* codec) {
  AvCodec context(avcodec_alloc_context3(codec));
  check(context != nullptr, "memory for a codec");
  return context;
}

void silence_av_log() { av_log_set_level(AV_LOG_QUIET); }

Error av_error(ErrorKind kind, const std::string& path, const char* what, int code) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> words{};
  av_strerror(code, words.data(), words.size());
  return {kind, path + ": " + what + " (" + words.data() + ")"};
}

}  // namespace conglang::player
