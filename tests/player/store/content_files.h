// Files to be fetched, for tests of content: what is signed for is what the bytes are.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "playlists/base/sha256.h"
#include "playlists/trust/metadata.h"

namespace conglang::player {

inline TargetFile asset_of(const std::string& bytes) {
  const Sha256Digest digest = sha256(std::string_view(bytes));
  return {"assets/" + digest.hex() + ".mp4", static_cast<std::int64_t>(bytes.size()), digest};
}

inline std::span<const std::uint8_t> octets(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace conglang::player
