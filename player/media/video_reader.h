// Reads the pictures and the sound of one video file, in order.
//
// open() has decoded the first picture already, so a file that cannot be shown is
// known long before its turn. The clock of a file begins with that picture.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "player/canvas/frame.h"
#include "player/handoff/sample_ring.h"
#include "playlists/base/clock.h"
#include "playlists/base/result.h"

namespace conglang::player {

struct TimedFrame {
  FramePtr frame;
  std::chrono::nanoseconds pts{};  // 0 for the first; each later than the one before
  std::chrono::nanoseconds duration{};
  std::int64_t number = 0;  // counted from 0
};

struct SoundBlock {
  std::vector<float> samples;  // left, right, left, ... at kSoundRate, whatever the file has
  std::chrono::nanoseconds pts{};  // blocks follow each other without a hole
};

struct MediaFacts {
  Size stored;   // pixels as decoded
  Size display;  // upright, with square pixels
  std::chrono::nanoseconds frame_period{};
  std::optional<std::chrono::nanoseconds> duration;  // as the file claims; never relied on
  bool has_sound = false;
  std::string codec;         // of the pictures: "h264"
  std::string pixel_format;  // as decoded: "yuv420p"
  int decoder_threads = 1;
};

struct VideoReaderOptions {
  bool sound = true;              // false: sound is neither read nor decoded
  int decoder_threads = 0;        // 0: 1 up to 1080p30, 2 above
  std::function<bool()> give_up;  // asked before each read of the file
  // How long open(), and later each call, may wait for the disk; measured by `clock`,
  // without which only `give_up` ends a wait.
  std::chrono::milliseconds open_deadline{3000};
  const Clock* clock = nullptr;
};

// Threads: one owner at a time.
// Frames share the decoder's memory and may outlive the reader.
class VideoReader {
 public:
  // Fails: missing; malformed (also when no picture comes within the first 3 s of the
  // file); unsupported (container or codec); too_large (over 100 megapixels or 8192 a
  // side); stopped (given up or out of time); storage.
  static Result<std::unique_ptr<VideoReader>> open(const std::string& path,
                                                   const VideoReaderOptions& options);
  ~VideoReader();

  const MediaFacts& facts() const;

  // The two pulls are independent. Packets of the stream that is not asked for wait,
  // at most 2 s or 16 MB of them: beyond that the oldest sound is dropped and comes as
  // silence, and pictures that nobody takes make next_sound() answer with silence.
  // Empty at the end, and on every call after it.
  // Fails: malformed after 64 damaged packets in a row; stopped; storage.
  Result<std::optional<TimedFrame>> next_frame();
  Result<std::optional<SoundBlock>> next_sound();

 private:
  struct Parts;
  explicit VideoReader(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace conglang::player
