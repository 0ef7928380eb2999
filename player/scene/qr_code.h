// Draws an address as a QR code.
#pragma once

#include <string>

#include "player/canvas/frame.h"
#include "playlists/base/result.h"

namespace conglang::player {

// Dark on light with error correction M and a quiet zone of 4 modules, at least
// `least_size` pixels a side with whole pixels for each module.
// Fails: too_large over 300 bytes, which no phone reads well across a room.
Result<FramePtr> draw_qr_code(const std::string& address, int least_size);

// "hungyentourism.com.vn" of "https://hungyentourism.com.vn/a"; empty when it is no
// https address.
std::string domain_of(const std::string& address);

}  // namespace conglang::player
