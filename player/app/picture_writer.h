// Pictures of what was on the screen, written where the show does not wait for the disk.
#pragma once

#include <string>

#include "player/canvas/frame.h"
#include "player/canvas/surface.h"
#include "player/handoff/bounded_queue.h"

namespace conglang::player {

struct CapturedPicture {
  std::string path;
  FramePtr frame;
};

// When full, a picture is not taken and an event says so. Eight full-HD pictures are 66 MB.
using CaptureQueue = BoundedQueue<CapturedPicture>;
constexpr std::size_t kCaptureCapacity = 8;

// A copy of the pixels, opaque.
FramePtr copy_picture(PixelBuffer buffer);

// "DIR/at-002500ms.png".
std::string capture_path(const std::string& folder, std::chrono::milliseconds at);

}  // namespace conglang::player
