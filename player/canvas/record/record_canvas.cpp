#include "player/canvas/record/record_canvas.h"

#include "player/canvas/damage.h"

namespace conglang::player {

Result<std::vector<Rect>> RecordCanvas::draw(const DrawList& list, PixelBuffer /*target*/,
                                             bool content_lost) {
  const bool all = content_lost || lists_.empty();
  const Rect damage = all ? whole(list.size) : damage_between(lists_.back(), list);
  if (damage.empty()) return std::vector<Rect>{};
  lists_.push_back(list);
  return std::vector{damage};
}

}  // namespace conglang::player
