// How long somebody who guesses passwords has to wait: a pure rule over counters.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "content-server/access/session.h"
#include "playlists/base/time.h"

namespace conglang::server {

inline constexpr std::chrono::minutes kLongestWait{15};
// After so long without a failure the counter begins anew.
inline constexpr std::chrono::hours kAttemptsForgotten{24};

enum class ThrottleKind { account, address };

// When the next try is heard. The first 5 failures of an account and 20 of an address are
// free; then one second, doubled by each further failure up to kLongestWait. Nobody is
// locked out for ever.
Instant next_try(ThrottleKind kind, const Attempts& attempts);

// The counter after one more failure, and after a success took its own try back.
Attempts after_failure(const Attempts& before, Instant now);
Attempts after_success(const Attempts& before, ThrottleKind kind);

// The counter's name. An IPv6 address counts with its /64 network, which is one customer's.
std::string throttle_name(ThrottleKind kind, std::string_view account_or_address);

}  // namespace conglang::server
