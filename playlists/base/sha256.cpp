#include "playlists/base/sha256.h"

#include <openssl/evp.h>

#include "playlists/base/check.h"

namespace conglang {
namespace {

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

std::string Sha256Digest::hex() const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

Result<Sha256Digest> parse_sha256(std::string_view text) {
  const Error fault{ErrorKind::malformed,
                    "a SHA-256 digest has 64 lower-case hexadecimal digits"};
  Sha256Digest digest;
  if (text.size() != digest.bytes.size() * 2) return fault;
  for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
    const int high = digit_value(text[2 * i]), low = digit_value(text[2 * i + 1]);
    if (high < 0 || low < 0) return fault;
    digest.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return digest;
}

struct Sha256::Context {
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> handle{EVP_MD_CTX_new()};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  check(EVP_DigestInit_ex(context_->handle.get(), EVP_sha256(), nullptr) == 1,
        "OpenSSL knows SHA-256");
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::span<const std::uint8_t> bytes) {
  check(EVP_DigestUpdate(context_->handle.get(), bytes.data(), bytes.size()) == 1,
        "OpenSSL takes bytes");
}

Sha256Digest Sha256::finish() {
  Sha256Digest digest;
  unsigned int length = 0;
  check(EVP_DigestFinal_ex(context_->handle.get(), digest.bytes.data(), &length) == 1 &&
            length == digest.bytes.size(),
        "a digest is finished once");
  return digest;
}

Sha256Digest sha256(std::span<const std::uint8_t> bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.finish();
}

Sha256Digest sha256(std::string_view bytes) {
  return sha256(std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

}  // namespace conglang
