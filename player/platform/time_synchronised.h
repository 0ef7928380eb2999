// Whether this machine's clock follows a time server.
#pragma once

namespace conglang::player {

// As the kernel says; false when it does not say.
bool is_time_synchronised();

}  // namespace conglang::player
