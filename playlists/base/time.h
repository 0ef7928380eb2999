// Instants, lengths of time and dates as different types, and their written form.
//
// Nothing here reads a clock: a rule takes the instant as an argument.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "playlists/base/result.h"

namespace conglang {

// A moment in UTC. What is stored, signed and compared.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// A length of time as documents carry it.
using Milliseconds = std::chrono::milliseconds;

// A moment on the clock that never jumps. For durations and pacing; it means
// nothing in another process or after a restart.
using MonotonicTime =
    std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;

// A day of the commune's own calendar, without a zone.
using LocalDate = std::chrono::year_month_day;

// "2026-11-23T10:00:00Z", with optional fraction of 1 to 9 digits (cut to
// milliseconds). Only UTC ("Z") is accepted.
// Fails: malformed, also for days that do not exist.
Result<Instant> parse_instant(std::string_view text);

// RFC 3339 in UTC; the fraction is written only when it is not zero.
std::string format_instant(Instant instant);

// "2026-11-23".
// Fails: malformed, also for days that do not exist.
Result<LocalDate> parse_local_date(std::string_view text);
std::string format_local_date(LocalDate date);

}  // namespace conglang
