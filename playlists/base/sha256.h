// SHA-256 digests of bytes, at once or piece by piece.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "playlists/base/result.h"

namespace conglang {

struct Sha256Digest {
  std::array<std::uint8_t, 32> bytes{};

  // 64 lower-case hexadecimal digits.
  std::string hex() const;
  auto operator<=>(const Sha256Digest&) const = default;
};

// Fails: malformed unless `text` is 64 lower-case hexadecimal digits.
Result<Sha256Digest> parse_sha256(std::string_view text);

Sha256Digest sha256(std::string_view bytes);
Sha256Digest sha256(std::span<const std::uint8_t> bytes);

// For files that do not fit in memory.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void add(std::span<const std::uint8_t> bytes);
  // Requires: called once, last.
  Sha256Digest finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace conglang
