// Small files that are whole or absent, whenever the power goes.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "playlists/base/result.h"

namespace conglang::server {

// Mode 0600; written beside, flushed, renamed, and the folder flushed. Fails: storage.
Status write_safely(const std::filesystem::path& file, std::string_view bytes);

// Empty when there is no such file. Fails: storage; too_large above 256 KiB.
Result<std::optional<std::string>> read_small_file(const std::filesystem::path& file);

}  // namespace conglang::server
