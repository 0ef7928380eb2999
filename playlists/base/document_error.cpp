#include "playlists/base/document_error.h"

#include <cstdio>

#include "playlists/base/localized_text.h"

namespace conglang {
namespace {

constexpr std::size_t kMostShown = 400;  // bytes: five lines of a terminal

std::size_t character_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
}

std::string escaped(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    char digits[8];
    std::snprintf(digits, sizeof digits, "\\x%02x", static_cast<unsigned char>(byte));
    text += digits;
  }
  return text;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown;
  while (!text.empty() && shown.size() < kMostShown) {
    const std::string_view character = text.substr(0, character_length(text.front()));
    const bool plain = character != "\n" && normalize_text(character).ok();
    shown += plain ? std::string(character) : escaped(character);
    text.remove_prefix(character.size());
  }
  return text.empty() ? shown : shown + "...";
}

std::string to_string(DocumentRule rule) {
  switch (rule) {
    case DocumentRule::form:
      return "form";
    case DocumentRule::unique_id:
      return "unique-id";
    case DocumentRule::dangling_reference:
      return "dangling-reference";
    case DocumentRule::main_region:
      return "main-region";
    case DocumentRule::evergreen_item:
      return "evergreen-item";
    case DocumentRule::nothing_to_play:
      return "nothing-to-play";
    case DocumentRule::asset_use:
      return "asset-use";
    case DocumentRule::link_domain:
      return "link-domain";
    case DocumentRule::one_form:
      return "one-form";
    case DocumentRule::validity:
      return "validity";
    case DocumentRule::real_date:
      return "real-date";
    case DocumentRule::text_form:
      return "text-form";
    case DocumentRule::text_length:
      return "text-length";
  }
  return "form";
}

}  // namespace conglang
