// A strip over the top of a picture that tells which clip and which frame it is.
//
// Two rows over the full width, together an eighth of the height (at least 24 lines at
// 180). Each row has 24 cells, a cell is black or white. Upper row: white black white
// black (sync), clip (8 bits), the low 12 bits of the frame; lower row: black white black
// white (sync), the high 4 bits of the frame, check (16 bits). The bits stand highest
// first. Cells are wide enough (13 pixels at 320) to survive scaling, chroma and lossy coding.
#pragma once

#include <cstdint>
#include <optional>

#include "player/canvas/geometry.h"

namespace conglang::player {

struct Barcode {
  int clip = 0;   // 0 to 255
  int frame = 0;  // 0 to 65535
  bool operator==(const Barcode&) const = default;
};

enum class PictureSeen {
  barcode,
  black,  // every pixel looked at is darker than 24 of 255
  other,
};

struct SeenPicture {
  PictureSeen what = PictureSeen::other;
  std::optional<Barcode> barcode;
};

// The strip must lie at the top of `size`; the picture may be scaled. `pixels` are B G R X.
std::optional<Barcode> read_barcode(const std::uint8_t* pixels, int stride, Size size);

// The same, and tells black from other pictures without a barcode.
SeenPicture look_at(const std::uint8_t* pixels, int stride, Size size);

// Draws the strip. The rest of the picture stays as it is.
void draw_barcode(std::uint8_t* pixels, int stride, Size size, Barcode barcode);

}  // namespace conglang::player
