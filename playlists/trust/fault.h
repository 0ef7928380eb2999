// What can be wrong with a repository, by the names of the attacks that TUF defeats.
#pragma once

#include <string>
#include <string_view>

#include "playlists/base/result.h"

namespace conglang {

enum class TrustFault {
  rollback,       // older than what was trusted before, or a listed file vanished
  freeze,         // signed, but past its expiry
  bad_signature,  // fewer good signatures than the threshold
  wrong_hash,     // not the bytes that were signed for
  wrong_length,   // not as long as was signed for
  mix_and_match,  // parts of different versions put together
  endless_data,   // longer than the bound at which reading stops
  missing,        // not there, or cannot be read
  malformed,      // not in the form of the specification
};

// "rollback", "bad-signature", "mix-and-match", ...
std::string_view name_of(TrustFault fault);

struct Fault {
  TrustFault kind = TrustFault::malformed;
  std::string where;    // "root", "timestamp", "snapshot", "targets" or a target path
  std::string message;  // "version 3 is older than 5"

  bool operator==(const Fault&) const = default;
};

// "rollback: timestamp: version 3 is older than 5"
std::string to_string(const Fault& fault);

// For callers that speak Result: kind missing, malformed, too_large or untrusted.
Error to_error(const Fault& fault);

}  // namespace conglang
