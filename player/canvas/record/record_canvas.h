// Remembers what it was asked to draw and draws nothing: for tests of the stage.
#pragma once

#include "player/canvas/canvas.h"

namespace conglang::player {

class RecordCanvas final : public Canvas {
 public:
  Result<std::vector<Rect>> draw(const DrawList& list, PixelBuffer target,
                                 bool content_lost) override;
  CanvasLedger ledger() const override { return {}; }

  // Every list that changed the picture, oldest first.
  const std::vector<DrawList>& lists() const { return lists_; }

 private:
  std::vector<DrawList> lists_;
};

}  // namespace conglang::player
