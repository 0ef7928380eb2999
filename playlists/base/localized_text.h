// Words in several languages, of which Vietnamese is never missing.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "playlists/base/result.h"

namespace conglang {

struct LocalizedText {
  std::string vi;                             // NFC, never empty in a checked document
  std::map<std::string, std::string> others;  // by language ("en", "ja", "zh-hant"), NFC

  // The words in `language`, or nullptr when there are none in it.
  const std::string* find(std::string_view language) const;

  // The words in `language`, else the Vietnamese ones.
  const std::string& in(std::string_view language) const;

  bool operator==(const LocalizedText&) const = default;
};

// True for a lower-case BCP 47 tag of the simple kind: "en", "zh-hant".
bool is_valid_language(std::string_view tag);

// The text in Unicode normalisation form C.
// Fails: malformed when it is no UTF-8 or holds a control character other than
// line feed, or a character that changes the direction of writing (U+202A-202E,
// U+2066-2069, U+200E, U+200F, U+061C) or is a noncharacter.
Result<std::string> normalize_text(std::string_view text);

}  // namespace conglang
