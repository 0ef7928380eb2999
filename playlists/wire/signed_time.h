// The office says what time it is, so that a kiosk without a clock battery and without NTP
// learns it: an answer to the kiosk's own nonce, signed with the online timestamp key.
#pragma once

#include <map>
#include <string>

#include "playlists/base/json.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"
#include "playlists/trust/metadata.h"
#include "playlists/wire/read_body.h"

namespace conglang {

// POST /kiosk/time
struct TimeQuestion {
  Bytes32 nonce{};

  bool operator==(const TimeQuestion&) const = default;
};

struct SignedTime {
  Instant time{};
  std::string key_id;     // of the role timestamp
  std::string signature;  // of signed_time_text(), 128 hexadecimal digits

  bool operator==(const SignedTime&) const = default;
};

std::string signed_time_text(const Bytes32& nonce, Instant time);

// Fails: untrusted when no timestamp key of the trusted root signed this answer to this
// question.
Status check_signed_time(const SignedTime& answer, const TimeQuestion& question,
                         const RootMetadata& root);

Result<TimeQuestion> read_time_question(const JsonValue& value);
Result<SignedTime> read_signed_time(const JsonValue& value);
JsonValue write(const TimeQuestion& question);
JsonValue write(const SignedTime& answer);

}  // namespace conglang
