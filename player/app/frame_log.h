// One line for each picture handed to the screen: the proof of what was shown, and when.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "player/stage/show.h"

namespace conglang::player {

struct PresentedPicture {
  ShowPicture picture;
  MonotonicTime due, presented;
  std::chrono::nanoseconds drawing{0};
};

// Columns, tab separated, in the order written: presented_ns due_ns late_us draw_us item frame
// pts_ms queued fading. Written through a buffer of 64 KiB, so that a present costs no disk
// access but once in about 800 pictures; for tests and benches.
//
// Threads: the render thread.
class FrameLog {
 public:
  // Fails: storage, with the file's name.
  static Result<std::unique_ptr<FrameLog>> create(const std::string& path);

  void add(const PresentedPicture& shown);

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  explicit FrameLog(std::unique_ptr<std::FILE, CloseFile> file);

  std::string buffer_;
  std::unique_ptr<std::FILE, CloseFile> file_;
};

}  // namespace conglang::player
