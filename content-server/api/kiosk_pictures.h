// Pictures of what was on a kiosk's glass, as files: the last five of each.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "playlists/base/ids.h"
#include "playlists/base/result.h"

namespace conglang::server {

// Nothing of the picture is decoded here: it is kept when it begins as a PNG of at most
// 8192 x 8192 pixels does, and sent on as image/png.
// Fails: malformed; storage.
Status keep_picture(const std::filesystem::path& folder, const KioskId& kiosk,
                    const std::string& command, std::string_view png);

// The commands whose pictures are there, the newest first.
std::vector<std::string> list_pictures(const std::filesystem::path& folder,
                                       const KioskId& kiosk);

// Nothing else is ever at that path. Requires: both are valid ids.
std::filesystem::path picture_path(const std::filesystem::path& folder, const KioskId& kiosk,
                                   const std::string& command);

}  // namespace conglang::server
