#include "player/app/reset_floor_command.h"

#include "player/app/root_file.h"
#include "player/store/data_lock.h"
#include "player/store/posix_state_folder.h"
#include "player/store/trust_files.h"

namespace conglang::player {
namespace {

Status reset(const ResetFloorOptions& options) {
  const auto lock = lock_data_folder(options.data_dir);
  if (!lock) return lock.error();
  const auto root = read_root_file(options.root);
  if (!root) return root.error();
  auto folder = PosixStateFolder::open(options.data_dir);
  if (!folder) return folder.error();
  return reset_floor(*folder, *root);
}

}  // namespace

int run_reset_floor(const ResetFloorOptions& options, std::ostream& out, std::ostream& errors) {
  if (const Status done = reset(options); !done) {
    errors << "conglang-player: " << done.error().message << "\n";
    return 1;
  }
  out << "the clock is believed again whatever it says\n";
  return 0;
}

}  // namespace conglang::player
