#include "player/media/packet_decoder.h"

#include <utility>

#include "player/media/picture_form.h"

namespace conglang::player {
namespace {

AVStream& stream_of(Demuxer& demuxer, TrackKind kind) {
  return kind == TrackKind::picture ? demuxer.pictures() : *demuxer.sound();
}

}  // namespace

Result<PacketDecoder> PacketDecoder::open(Demuxer& demuxer, TrackKind kind, int threads) {
  const AVStream& stream = stream_of(demuxer, kind);
  const AVCodec* decoder = avcodec_find_decoder(stream.codecpar->codec_id);
  if (decoder == nullptr) {
    return Error{ErrorKind::unsupported, demuxer.path() + ": cannot decode " +
                                             avcodec_get_name(stream.codecpar->codec_id)};
  }
  AvCodec codec = make_av_codec(decoder);
  avcodec_parameters_to_context(codec.get(), stream.codecpar);
  codec->pkt_timebase = stream.time_base;
  codec->thread_count = threads;
  codec->max_pixels = kMaxPixels;
  codec->codec_whitelist = av_strdup(demuxer.format().codec_whitelist);
  if (const int code = avcodec_open2(codec.get(), decoder, nullptr); code < 0) {
    return av_error(ErrorKind::unsupported, demuxer.path(), "cannot be decoded", code);
  }
  return PacketDecoder(demuxer, kind, std::move(codec));
}

// False when the decoder wants its frames taken first.
Result<bool> PacketDecoder::feed(const AVPacket* packet) {
  const int code = avcodec_send_packet(codec_.get(), packet);
  if (code == AVERROR(EAGAIN)) return false;
  if (code >= 0 || code == AVERROR_EOF) return true;
  if (++damaged_ < kMaxDamagedPackets) return true;
  return av_error(ErrorKind::malformed, demuxer_->path(), "is damaged throughout", code);
}

Status PacketDecoder::check_for_first(const AVPacket& packet) {
  if (decoded_one_ || kind_ != TrackKind::picture || packet.dts == AV_NOPTS_VALUE) return {};
  if (first_time_ == AV_NOPTS_VALUE) first_time_ = packet.dts;
  const double passed =
      static_cast<double>(packet.dts - first_time_) * av_q2d(codec_->pkt_timebase);
  if (passed <= kFirstPictureSeconds) return {};
  return Error{ErrorKind::malformed, demuxer_->path() + ": shows no picture in its first 3 s"};
}

Result<PacketDecoder::Next> PacketDecoder::next() {
  for (;;) {
    AvFrame frame = make_av_frame();
    const int code = avcodec_receive_frame(codec_.get(), frame.get());
    if (code >= 0) {
      damaged_ = 0;
      decoded_one_ = true;
      return Next{std::move(frame), false};
    }
    if (code == AVERROR_EOF) return Next{};
    if (code != AVERROR(EAGAIN)) {
      if (++damaged_ < kMaxDamagedPackets) continue;
      return av_error(ErrorKind::malformed, demuxer_->path(), "is damaged throughout", code);
    }
    auto packet = demuxer_->next(kind_);
    if (!packet) return packet.error();
    if (packet->blocked) return Next{nullptr, true};
    if (packet->packet == nullptr && std::exchange(draining_, true)) return Next{};
    if (packet->packet != nullptr) {
      if (const Status fine = check_for_first(*packet->packet); !fine) return fine.error();
    }
    // After EAGAIN from receive there is always room: libav's contract.
    if (const auto fed = feed(packet->packet.get()); !fed) return fed.error();
  }
}

}  // namespace conglang::player
