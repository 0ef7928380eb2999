// Ends the program when one of our own invariants is broken.
//
// For faults of ours only; what the world can do comes back as a Result. On a
// kiosk the service manager starts the player again, and the last verified
// programme shows within seconds.
#pragma once

#include <source_location>

namespace conglang {

// Prints the place and what was expected to standard error, then aborts, unless `holds`.
void check(bool holds, const char* expected,
           std::source_location where = std::source_location::current());

}  // namespace conglang
