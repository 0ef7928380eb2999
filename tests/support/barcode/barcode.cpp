#include "tests/support/barcode/barcode.h"

#include <array>

namespace conglang::player {
namespace {

constexpr int kCells = 24;
constexpr int kRows = 2;
constexpr int kStripPart = 8;  // of the height
constexpr int kDark = 24, kMiddle = 128;

using Cells = std::array<std::uint32_t, kRows>;  // kCells bits each, the first one highest

// CRC-16/CCITT over the three bytes of the payload.
std::uint32_t check_of(Barcode barcode) {
  std::uint32_t crc = 0xFFFF;
  for (const int byte :
       {barcode.clip & 0xFF, barcode.frame >> 8 & 0xFF, barcode.frame & 0xFF}) {
    crc ^= static_cast<std::uint32_t>(byte) << 8;
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc & 0x8000U) != 0 ? (crc << 1 ^ 0x1021U) & 0xFFFF : crc << 1 & 0xFFFF;
    }
  }
  return crc;
}

Cells cells_of(Barcode barcode) {
  const auto clip = static_cast<std::uint32_t>(barcode.clip & 0xFF);
  const auto frame = static_cast<std::uint32_t>(barcode.frame & 0xFFFF);
  return {0b1010U << 20 | clip << 12 | (frame & 0xFFF),
          0b0101U << 20 | (frame >> 12) << 16 | check_of(barcode)};
}

// The brightness in the middle of a cell, of 3 by 3 pixels.
int brightness(const std::uint8_t* pixels, int stride, Size size, int row, int cell) {
  const int x = (2 * cell + 1) * size.width / (2 * kCells);
  const int y = (2 * row + 1) * size.height / (2 * kRows * kStripPart);
  int sum = 0;
  for (int dy = -1; dy <= 1; ++dy) {
    const std::uint8_t* pixel =
        pixels + static_cast<std::ptrdiff_t>(y + dy) * stride + (x - 1) * 4;
    for (int i = 0; i < 3; ++i, pixel += 4) sum += pixel[0] + 2 * pixel[1] + pixel[2];
  }
  return sum / (9 * 4);
}

bool is_black(const std::uint8_t* pixels, int stride, Size size) {
  constexpr int kSteps = 32;
  for (int i = 0; i < kSteps; ++i) {
    const std::uint8_t* line =
        pixels + static_cast<std::ptrdiff_t>(i * size.height / kSteps) * stride;
    for (int j = 0; j < kSteps; ++j) {
      const std::uint8_t* pixel =
          line + static_cast<std::ptrdiff_t>(j * size.width / kSteps) * 4;
      if (pixel[0] > kDark || pixel[1] > kDark || pixel[2] > kDark) return false;
    }
  }
  return true;
}

}  // namespace

std::optional<Barcode> read_barcode(const std::uint8_t* pixels, int stride, Size size) {
  if (size.width < 4 * kCells || size.height < 4 * kRows * kStripPart) return std::nullopt;
  Cells seen{};
  for (int row = 0; row < kRows; ++row) {
    for (int cell = 0; cell < kCells; ++cell) {
      const bool white = brightness(pixels, stride, size, row, cell) > kMiddle;
      seen[static_cast<std::size_t>(row)] =
          seen[static_cast<std::size_t>(row)] << 1 | (white ? 1U : 0U);
    }
  }
  const Barcode barcode{static_cast<int>(seen[0] >> 12 & 0xFF),
                        static_cast<int>((seen[1] >> 16 & 0xF) << 12 | (seen[0] & 0xFFF))};
  // Sync and check at once: only the cells of exactly this barcode look like it.
  if (cells_of(barcode) != seen) return std::nullopt;
  return barcode;
}

SeenPicture look_at(const std::uint8_t* pixels, int stride, Size size) {
  const auto barcode = read_barcode(pixels, stride, size);
  if (barcode) return {PictureSeen::barcode, barcode};
  return {is_black(pixels, stride, size) ? PictureSeen::black : PictureSeen::other,
          std::nullopt};
}

void draw_barcode(std::uint8_t* pixels, int stride, Size size, Barcode barcode) {
  const Cells cells = cells_of(barcode);
  for (int y = 0; y < size.height / kStripPart; ++y) {
    const auto row = static_cast<std::size_t>(y * kRows * kStripPart / size.height);
    std::uint8_t* pixel = pixels + static_cast<std::ptrdiff_t>(y) * stride;
    for (int x = 0; x < size.width; ++x, pixel += 4) {
      const int cell = x * kCells / size.width;
      const bool white = (cells[row] >> (kCells - 1 - cell) & 1U) != 0;
      pixel[0] = pixel[1] = pixel[2] = white ? 255 : 0;
      pixel[3] = 255;
    }
  }
}

}  // namespace conglang::player
