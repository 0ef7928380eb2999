// Takes a video file apart into the packets of its pictures and of its sound.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "player/media/av_input.h"

namespace conglang::player {

// Packets of the stream that nobody asks for wait here, up to either bound.
constexpr double kMaxWaitingSeconds = 2;
constexpr std::size_t kMaxWaitingBytes = 16u << 20;

enum class TrackKind { picture, sound };

// Threads: one at a time.
class Demuxer {
 public:
  struct Next {
    AvPacket packet;       // null: the stream is over, or
    bool blocked = false;  // too much of the other one waits to read on
  };

  // Containers and codecs not on our list are refused; no other file is ever opened.
  // Fails: as VideoReader::open().
  static Result<std::unique_ptr<Demuxer>> open(const std::string& path, Patience patience,
                                               bool with_sound);

  // A new wait for the disk begins.
  void renew_patience() { input_->renew_patience(); }

  const std::string& path() const { return path_; }
  AVFormatContext& format() const { return *format_; }
  AVStream& pictures() const { return *pictures_.stream; }
  AVStream* sound() const { return sound_.stream; }  // null when there is none
  void forget_sound();

  Result<Next> next(TrackKind kind);

 private:
  struct Track {
    AVStream* stream = nullptr;
    std::deque<AvPacket> waiting;
    std::size_t bytes = 0;
  };

  Demuxer(std::string path, std::unique_ptr<AvInput> input)
      : path_(std::move(path)), input_(std::move(input)) {}
  Status open_format();
  Status choose_streams(bool with_sound);
  Status check_complete(const AVStream& stream) const;
  Result<bool> read_packet();
  static void enqueue(Track& track, AvPacket packet);
  static bool is_full(const Track& track);
  static AvPacket dequeue(Track& track);
  Error failure(const char* what, int code) const;

  const std::string path_;
  const std::unique_ptr<AvInput> input_;  // outlives format_
  AvFormat format_;
  Track pictures_, sound_;
  bool over_ = false;
};

}  // namespace conglang::player
