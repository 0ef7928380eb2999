// Gets a passphrase from a person or from a descriptor; never from an argument.
#pragma once

#include <optional>

#include "content-server/access/secret.h"
#include "playlists/base/result.h"

namespace conglang::server {

enum class PassphraseUse {
  set_new,  // asked twice at the terminal
  unlock,   // asked once
};

// From `descriptor` up to its end or the first line feed; without one, from the
// terminal without echo.
// Fails: missing without a terminal; malformed when it is too short or the two
// differ; storage; stopped at Ctrl-C.
Result<Secret> read_passphrase(PassphraseUse use, std::optional<int> descriptor);

}  // namespace conglang::server
