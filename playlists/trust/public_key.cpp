#include "playlists/trust/public_key.h"

#include <sodium.h>

#include <span>

#include "playlists/base/sha256.h"
#include "playlists/trust/canonical_json.h"
#include "playlists/trust/field_reader.h"

namespace conglang {
namespace {

int hex_digit(char character) {
  if (character >= '0' && character <= '9') return character - '0';
  if (character >= 'a' && character <= 'f') return character - 'a' + 10;
  return -1;
}

bool decode_hex(std::string_view text, std::span<std::uint8_t> bytes) {
  if (text.size() != bytes.size() * 2) return false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const int high = hex_digit(text[2 * i]);
    const int low = hex_digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return true;
}

std::string encode_hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Result<PublicKey> read_public_key(const JsonValue& value) {
  FieldReader fields;
  PublicKey key;
  key.type = fields.string(value, "keytype");
  key.scheme = fields.string(value, "scheme");
  const JsonValue keyval(fields.object(value, "keyval"));
  if (key.can_verify() && !decode_hex(fields.string(keyval, "public"), key.bytes)) {
    fields.refuse("an Ed25519 key must have 64 lower-case hexadecimal digits");
  }
  if (const Status status = fields.status(); !status.ok()) return status.error();
  return key;
}

JsonValue write_public_key(const PublicKey& key) {
  const JsonObject keyval{{"public", encode_hex(key.bytes)}};
  return JsonObject{{"keytype", key.type}, {"keyval", keyval}, {"scheme", key.scheme}};
}

Result<std::string> key_id(const JsonValue& key) {
  const Result<std::string> canonical = canonical_json(key);
  if (!canonical.ok()) return canonical.error();
  return sha256(std::string_view(*canonical)).hex();
}

bool is_signed_by(const PublicKey& key, std::string_view message, std::string_view signature) {
  std::array<std::uint8_t, crypto_sign_BYTES> bytes{};
  if (!key.can_verify() || !decode_hex(signature, bytes)) return false;
  return crypto_sign_verify_detached(bytes.data(), as_bytes(message), message.size(),
                                     key.bytes.data()) == 0;
}

}  // namespace conglang
