// Tells what a file is by its first bytes.
#pragma once

#include <cstdint>
#include <span>

namespace conglang::player {

enum class FileForm { jpeg, png, webp, gif, other };

// Pure. 12 bytes decide.
FileForm form_of(std::span<const std::uint8_t> head);

}  // namespace conglang::player
