// Draws on plain memory with the CPU alone: for machines without a graphics processor.
//
// There llvmpipe would need 24-36 CPU-ms for one full-HD picture; conversion and
// copies need 2-3 (measured on 2 cores of 2.3 GHz). A frame is converted once,
// straight into the target, and only what changed is drawn again.
#pragma once

#include "player/canvas/canvas.h"
#include "player/canvas/cpu/picture_scaler.h"

namespace conglang::player {

class CpuCanvas final : public Canvas {
 public:
  // `turn`: how the whole picture is turned on its way to the target (a screen
  // mounted on its side); the list's size is the size before that turn.
  explicit CpuCanvas(Turn turn = Turn::none) : turn_(turn) {}

  Result<std::vector<Rect>> draw(const DrawList& list, PixelBuffer target,
                                 bool content_lost) override;
  CanvasLedger ledger() const override;

 private:
  Status paint(const DrawList& list, const Rect& damage, PixelBuffer target);
  void fill(const DrawFill& command, const Rect& damage, PixelBuffer target);
  Status picture(const DrawPicture& command, const Rect& damage, PixelBuffer target);

  const Turn turn_;
  PictureScaler scaler_;
  DrawList last_;                      // what the target shows
  std::vector<std::uint8_t> upright_;  // the picture before turn_; empty when there is none
};

}  // namespace conglang::player
