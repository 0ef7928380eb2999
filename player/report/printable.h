// Makes any bytes safe to print on one line of a log, a terminal or JSON.
#pragma once

#include <string>
#include <string_view>

namespace conglang::player {

// Valid UTF-8 stays as it is; control characters, characters that change the direction of
// writing or end a line, and bytes that are no UTF-8 become \xNN, byte by byte.
std::string printable(std::string_view text);

}  // namespace conglang::player
