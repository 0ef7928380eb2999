// A QR code as lines of text for a terminal, so that a phone can open what is printed there.
#pragma once

#include <string>
#include <string_view>

#include "playlists/base/result.h"

namespace conglang::server {

// Two modules a character, dark on light whatever the terminal's own colours are; ends with
// a line feed. Fails: too_large when `text` does not fit a code.
Result<std::string> terminal_qr(std::string_view text);

}  // namespace conglang::server
