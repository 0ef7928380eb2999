// How long the stage waits for what, known to the files of the show only.
#pragma once

#include <chrono>

namespace conglang::player {

// How long NOW's last frame is held for an item that is not ready (chosen: long enough
// for a slow card reader, short enough that nobody thinks the screen hangs).
inline constexpr std::chrono::nanoseconds kPatience = std::chrono::seconds{2};
// The first item may take this long before the built-in card is shown in its place.
inline constexpr std::chrono::nanoseconds kFirstPicture = std::chrono::milliseconds{500};
// Shorter, and a cut between two sounds is heard as a click.
inline constexpr std::chrono::nanoseconds kDeclick = std::chrono::milliseconds{10};

}  // namespace conglang::player
