// Ends the program when one of our own invariants is broken.
//
// For faults of ours only; what the world can do comes back as a Result. On a
// kiosk the service manager starts the player again, and the last verified
// programme shows within seconds.
#pragma once

namespace conglang {

// Prints the place and what was expected to standard error, then aborts, unless `holds`.
// The place is the caller's (std::source_location is not in Clang 14).
void check(bool holds, const char* expected, const char* file = __builtin_FILE(),
           int line = __builtin_LINE());

}  // namespace conglang
