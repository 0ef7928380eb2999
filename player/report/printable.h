// Makes any bytes safe to print on one line of a log, a terminal or JSON.
#pragma once

#include <string>
#include <string_view>

namespace conglang::player {

// Valid UTF-8 stays as it is; control characters, characters that change the direction of
// writing or end a line, backslashes, and bytes that are no UTF-8 become \xNN, byte by
// byte, so that two different texts never look the same.
std::string printable(std::string_view text);

}  // namespace conglang::player
