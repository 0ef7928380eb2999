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

}  // namespace

FileForm form_of(std::span<const std::uint8_t> head) {
  if (holds(head, 0, "\xFF\xD8\xFF")) return FileForm::jpeg;
  if (holds(head, 0, "\x89PNG\r\n\x1A\n")) return FileForm::png;
  if (holds(head, 0, "RIFF") && holds(head, 8, "WEBP")) return FileForm::webp;
  if (holds(head, 0, "GIF87a") || holds(head, 0, "GIF89a")) return FileForm::gif;
  return FileForm::other;
}

}  // namespace conglang::player
