#include "player/media/file_form.h"

#include <algorithm>
#include <string_view>

namespace conglang::player {
namespace {

bool holds(std::span<const std::uint8_t> head, std::size_t at, std::string_view bytes) {
  if (head.size() < at + bytes.size()) return false;
  return std::equal(bytes.begin(), bytes.end(), head.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
}

int big_endian_16(std::span<const std::uint8_t> file, std::size_t at) {
  return file[at] << 8 | file[at + 1];
}

std::optional<Size> png_size(std::span<const std::uint8_t> file) {
  if (!holds(file, 12, "IHDR") || file.size() < 24) return std::nullopt;
  if (file[16] >= 0x80 || file[20] >= 0x80) return std::nullopt;
  return Size{big_endian_16(file, 16) << 16 | big_endian_16(file, 18),
              big_endian_16(file, 20) << 16 | big_endian_16(file, 22)};
}

// A start-of-frame segment of any coding process (SOF0 to SOF15 without DHT, JPG, DAC).
bool begins_frame(std::uint8_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

// Source: ITU-T T.81, annex B: segments of a marker and a length, up to the frame's.
std::optional<Size> jpeg_size(std::span<const std::uint8_t> file) {
  std::size_t at = 2;
  while (at + 9 <= file.size() && file[at] == 0xFF) {
    const std::uint8_t marker = file[at + 1];
    if (marker == 0xFF) {  // a fill byte
      ++at;
      continue;
    }
    if (begins_frame(marker)) {
      return Size{big_endian_16(file, at + 7), big_endian_16(file, at + 5)};
    }
    at += 2 + static_cast<std::size_t>(big_endian_16(file, at + 2));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Size> size_in_header(FileForm form, std::span<const std::uint8_t> file) {
  if (form == FileForm::png) return png_size(file);
  if (form == FileForm::jpeg) return jpeg_size(file);
  return std::nullopt;
}

FileForm form_of(std::span<const std::uint8_t> head) {
  if (holds(head, 0, "\xFF\xD8\xFF")) return FileForm::jpeg;
  if (holds(head, 0, "\x89PNG\r\n\x1A\n")) return FileForm::png;
  if (holds(head, 0, "RIFF") && holds(head, 8, "WEBP")) return FileForm::webp;
  if (holds(head, 0, "GIF87a") || holds(head, 0, "GIF89a")) return FileForm::gif;
  return FileForm::other;
}

}  // namespace conglang::player
