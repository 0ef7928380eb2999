// Draws a DrawList: the seam between what is to be seen and how it is made.
#pragma once

#include <vector>

#include "player/canvas/draw_list.h"
#include "player/canvas/surface.h"

namespace conglang::player {

// Pictures and bytes that a back end holds beside the frames of the list itself.
struct CanvasLedger {
  std::size_t pictures = 0;
  std::size_t bytes = 0;
};

// Threads: one at a time; the show's canvas belongs to the render thread.
class Canvas {
 public:
  virtual ~Canvas() = default;

  // Draws `list` into `target` and returns what changed against the last call
  // (all of it when `content_lost`). Nothing is returned when nothing changed.
  // Fails: unsupported when a frame has a form the back end cannot draw; the
  // target then still holds the picture before.
  virtual Result<std::vector<Rect>> draw(const DrawList& list, PixelBuffer target,
                                         bool content_lost) = 0;

  virtual CanvasLedger ledger() const = 0;
};

}  // namespace conglang::player
