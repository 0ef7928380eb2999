#include "player/canvas/cpu/flatten.h"

#include "player/canvas/cpu/cpu_canvas.h"

namespace conglang::player {

Result<FramePtr> flatten(const DrawList& list) {
  if (list.size.width < 1 || list.size.height < 1) {
    return Error{ErrorKind::unsupported, "draw list: it has no size"};
  }
  const WritableFrame made = make_bgra_frame(list.size, PixelLayout::bgrx);
  CpuCanvas canvas;
  auto drawn = canvas.draw(list, {made.pixels, made.stride, list.size}, true);
  if (!drawn) return drawn.error();
  return FramePtr{made.frame};
}

}  // namespace conglang::player
