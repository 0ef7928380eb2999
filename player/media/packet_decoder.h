// Decodes the packets of one stream, and forgives a few damaged ones.
#pragma once

#include "player/media/demuxer.h"

namespace conglang::player {

// So many damaged packets in a row, and the file is given up.
constexpr int kMaxDamagedPackets = 64;

// A picture must come within this much of the file's time.
constexpr double kFirstPictureSeconds = 3;

// Threads: one at a time.
class PacketDecoder {
 public:
  struct Next {
    AvFrame frame;         // null: the stream is over, or
    bool blocked = false;  // as Demuxer::Next
  };

  // Requires: the demuxer outlives it and has a stream of that kind.
  // Fails: unsupported (no such codec, or it refuses the stream).
  static Result<PacketDecoder> open(Demuxer& demuxer, TrackKind kind, int threads);

  const AVCodecContext& context() const { return *codec_; }

  // Fails: malformed after kMaxDamagedPackets, or when nothing could be decoded for
  // kFirstPictureSeconds; stopped; storage.
  Result<Next> next();

 private:
  PacketDecoder(Demuxer& demuxer, TrackKind kind, AvCodec codec)
      : demuxer_(&demuxer), kind_(kind), codec_(std::move(codec)) {}
  Result<bool> feed(const AVPacket* packet);
  Status check_for_first(const AVPacket& packet);

  Demuxer* demuxer_;
  TrackKind kind_;
  AvCodec codec_;
  int damaged_ = 0;
  bool decoded_one_ = false, draining_ = false;
  std::int64_t first_time_ = AV_NOPTS_VALUE;
};

}  // namespace conglang::player
