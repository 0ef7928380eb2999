// The key that a kiosk signs with: what it reports, and that it is itself.
//
// Made once, on the kiosk, and never sent anywhere.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "playlists/base/result.h"
#include "playlists/trust/public_key.h"

namespace conglang::player {

// Fills all of it with bytes that nobody can guess.
using RandomBytes = std::function<void(std::span<std::uint8_t>)>;

// Of the operating system.
void random_bytes(std::span<std::uint8_t> bytes);

// Owns: the secret, which is wiped when the key goes.
class KioskKey {
 public:
  using Seed = std::array<std::uint8_t, 32>;

  explicit KioskKey(const Seed& seed);
  ~KioskKey();
  KioskKey(const KioskKey&) = delete;
  KioskKey& operator=(const KioskKey&) = delete;
  KioskKey(KioskKey&& other) noexcept;
  KioskKey& operator=(KioskKey&&) = delete;

  const PublicKey& public_key() const { return public_key_; }

  // The signature over the label, a line feed and the bytes, as 128 hexadecimal digits. What
  // was signed for one purpose is worth nothing for another.
  // Requires: the label has no line feed.
  std::string sign(std::string_view label, std::string_view bytes) const;

  // The same over a message that begins with its label already, as playlists/wire makes it.
  std::string sign(std::string_view message) const;

  // For whoever keeps the key; nobody else asks.
  const Seed& seed() const { return seed_; }

 private:
  Seed seed_;
  std::array<std::uint8_t, 64> secret_{};
  PublicKey public_key_;
};

// What sign() signs.
std::string labelled(std::string_view label, std::string_view bytes);

}  // namespace conglang::player
