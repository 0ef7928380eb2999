#include "player/identity/kiosk_key.h"

#include <sodium.h>

#include "playlists/base/check.h"

namespace conglang::player {
namespace {

std::string hex_of(std::span<const std::uint8_t> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace

void random_bytes(std::span<std::uint8_t> bytes) {
  check(sodium_init() >= 0, "libsodium has a source of randomness");
  randombytes_buf(bytes.data(), bytes.size());
}

KioskKey::KioskKey(const Seed& seed) : seed_(seed) {
  public_key_.type = "ed25519";
  public_key_.scheme = "ed25519";
  crypto_sign_seed_keypair(public_key_.bytes.data(), secret_.data(), seed_.data());
}

KioskKey::~KioskKey() {
  sodium_memzero(seed_.data(), seed_.size());
  sodium_memzero(secret_.data(), secret_.size());
}

KioskKey::KioskKey(KioskKey&& other) noexcept
    : seed_(other.seed_), secret_(other.secret_), public_key_(std::move(other.public_key_)) {
  sodium_memzero(other.seed_.data(), other.seed_.size());
  sodium_memzero(other.secret_.data(), other.secret_.size());
}

std::string labelled(std::string_view label, std::string_view bytes) {
  std::string message(label);
  message += '\n';
  message += bytes;
  return message;
}

std::string KioskKey::sign(std::string_view label, std::string_view bytes) const {
  check(label.find('\n') == std::string_view::npos, "a label is one line");
  return sign(labelled(label, bytes));
}

std::string KioskKey::sign(std::string_view message) const {
  std::array<std::uint8_t, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr,
                       reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                       secret_.data());
  return hex_of(signature);
}

}  // namespace conglang::player
