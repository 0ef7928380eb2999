// What this program calls itself when it speaks to an office.
#pragma once

namespace conglang::player {

inline constexpr const char* kProgram = "conglang-player " CONGLANG_VERSION;

}  // namespace conglang::player
