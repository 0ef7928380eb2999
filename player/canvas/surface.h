// Pixels that can be shown, whatever shows them: a window, or memory.
#pragma once

#include <cstdint>
#include <span>

#include "player/canvas/geometry.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::player {

struct PixelBuffer {
  std::uint8_t* bytes = nullptr;  // B G R X
  int stride = 0;                 // bytes
  Size size;
};

// Threads: the render thread only.
class Surface {
 public:
  virtual ~Surface() = default;

  // The buffer to draw the next picture in. It holds the last picture presented
  // unless its size differs or `content_lost()` says otherwise.
  // Fails: storage when the window system gives none.
  virtual Result<PixelBuffer> buffer() = 0;

  // True once after the content of the buffer was lost (first use, resize, expose).
  virtual bool content_lost() = 0;

  // Shows what was drawn in `damage` at the moment `due` (at once when it is past).
  // Returns when the buffer may be written again, with the moment at which the
  // picture was handed over.
  virtual Result<MonotonicTime> present(std::span<const Rect> damage, MonotonicTime due) = 0;

  // The time from one possible picture to the next.
  virtual std::chrono::nanoseconds period() const = 0;
};

}  // namespace conglang::player
