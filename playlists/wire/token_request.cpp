#include "playlists/wire/token_request.h"

#include "playlists/trust/public_key.h"

namespace conglang {
namespace {

constexpr std::string_view kLabel = "conglang token 1\n";

}  // namespace

std::string token_request_text(const KioskId& kiosk, std::int64_t counter) {
  return std::string(kLabel) + kiosk.text() + "\n" + std::to_string(counter);
}

bool is_signed(const TokenRequest& request, const Bytes32& public_key) {
  return is_signed_by({"ed25519", "ed25519", public_key},
                      token_request_text(request.kiosk, request.counter), request.signature);
}

Result<TokenRequest> read_token_request(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "token request", errors);
  TokenRequest request{reader.id<KioskId>("kiosk"),
                       reader.integer("counter", {1, wire_bounds::kMostNumber}),
                       reader.word("signature")};
  return finish_reading(reader, request);
}

Result<NewToken> read_new_token(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "token", errors);
  NewToken token{reader.word("token")};
  if (!token.token.empty() && !parse_bytes32(token.token)) {
    reader.fault("token", "must be 64 lower-case hexadecimal digits");
  }
  return finish_reading(reader, token);
}

JsonValue write(const TokenRequest& request) {
  return JsonObject{{"kiosk", request.kiosk.text()},
                    {"counter", request.counter},
                    {"signature", request.signature}};
}

JsonValue write(const NewToken& token) { return JsonObject{{"token", token.token}}; }

}  // namespace conglang
