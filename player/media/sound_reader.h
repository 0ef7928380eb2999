// The sound of a file as one unbroken stretch of 48 kHz stereo.
#pragma once

#include <chrono>
#include <optional>

#include "player/media/packet_decoder.h"
#include "player/media/video_reader.h"

namespace conglang::player {

// What the file leaves out, or what was dropped, is silence; what comes twice is cut.
//
// Threads: one at a time.
class SoundReader {
 public:
  // `zero`: the moment of the file (in its own time) at which its sound shall begin.
  static Result<SoundReader> open(Demuxer& demuxer, std::chrono::nanoseconds zero);

  // Empty at the end, and once the sound is damaged throughout: the pictures go on.
  Result<std::optional<SoundBlock>> next();

 private:
  SoundReader(Demuxer& demuxer, PacketDecoder decoder, std::chrono::nanoseconds zero);

  Status resample(const AVFrame* frame, std::vector<float>& into);
  Status prepare_for(const AVFrame& frame);
  std::int64_t wanted_position(const AVFrame& frame) const;
  void place(std::int64_t wanted, std::vector<float>& samples);
  SoundBlock take(std::vector<float> samples);

  std::string path_;
  PacketDecoder decoder_;
  AVRational time_base_;
  std::chrono::nanoseconds zero_;
  AvResampler resampler_;
  int rate_ = 0, format_ = -1, channels_ = 0;  // the resampler's input
  std::int64_t position_ = 0;                  // stereo frames given out so far
  bool first_ = true, over_ = false;
};

}  // namespace conglang::player
