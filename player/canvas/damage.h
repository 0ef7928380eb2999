// Which part of the glass differs between two draw lists.
#pragma once

#include "player/canvas/draw_list.h"

namespace conglang::player {

// What a command may touch.
Rect bounds(const DrawCommand& command);

// True when nothing below the command can be seen inside bounds(command).
bool is_opaque(const DrawCommand& command);

// The smallest rectangle that covers every change; empty when the lists show the
// same picture. Requires: equal sizes, else all of `now`.
Rect damage_between(const DrawList& before, const DrawList& now);

}  // namespace conglang::player
