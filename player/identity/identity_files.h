// Keeps the kiosk's key over power cuts and bad sectors: two copies, each proven when read.
#pragma once

#include <optional>

#include "player/identity/kiosk_key.h"
#include "player/store/state_folder.h"

namespace conglang::player {

enum class NewIdentity { allowed, refused };

struct LoadedIdentity {
  KioskKey key;
  bool was_made = false;
  bool was_mended = false;                // one copy was missing or damaged, and is whole again
  std::optional<Error> mending_failed{};  // the other copy is good: the key works
};

// The key of `folder`; a new one only when there is no copy at all and it is allowed. A kiosk
// that is enrolled refuses: another key would be another kiosk.
//
// Fails: missing (no copy, and none may be made), malformed with the code "identity-damaged"
// (no copy is good), conflict with the code "identity-conflict" (two good copies that
// differ), storage. Nothing is changed then.
Result<LoadedIdentity> load_identity(StateFolder& folder, NewIdentity new_identity,
                                     const RandomBytes& random);

}  // namespace conglang::player
