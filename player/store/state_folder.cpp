#include "player/store/state_folder.h"

namespace conglang::player {

Status replace_file(StateFolder& folder, const std::string& name, std::string_view bytes) {
  const std::string fresh = name + ".new";
  Status done = folder.write_synced(fresh, bytes);
  if (done) done = folder.rename(fresh, name);
  if (!done) {
    // Gives the space of a half-written file back; the next attempt overwrites it anyway.
    static_cast<void>(folder.remove(fresh));
    return done;
  }
  return folder.sync_names();
}

}  // namespace conglang::player
