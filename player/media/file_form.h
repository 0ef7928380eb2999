// Tells what a picture file is, and how large, before anything decodes it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "player/canvas/geometry.h"

namespace conglang::player {

enum class FileForm { jpeg, png, webp, gif, other };

// Pure. 12 bytes decide.
FileForm form_of(std::span<const std::uint8_t> head);

// The size in pixels that the header of a whole JPEG or PNG claims, which may be a lie of
// any size. Pure. Empty when there is no such header, or the form is another.
std::optional<Size> size_in_header(FileForm form, std::span<const std::uint8_t> file);

}  // namespace conglang::player
