// A kiosk whose token the office no longer knows asks for another, with its key.
#pragma once

#include <cstdint>
#include <string>

#include "playlists/base/ids.h"
#include "playlists/base/json.h"
#include "playlists/base/result.h"
#include "playlists/wire/read_body.h"

namespace conglang {

// POST /kiosk/token
struct TokenRequest {
  KioskId kiosk;
  std::int64_t counter = 0;  // higher with each request, so that none can be sent again
  std::string signature;     // of token_request_text(), 128 hexadecimal digits

  bool operator==(const TokenRequest&) const = default;
};

struct NewToken {
  std::string token;  // 64 hexadecimal digits

  bool operator==(const NewToken&) const = default;
};

std::string token_request_text(const KioskId& kiosk, std::int64_t counter);
bool is_signed(const TokenRequest& request, const Bytes32& public_key);

Result<TokenRequest> read_token_request(const JsonValue& value);
Result<NewToken> read_new_token(const JsonValue& value);
JsonValue write(const TokenRequest& request);
JsonValue write(const NewToken& token);

}  // namespace conglang
