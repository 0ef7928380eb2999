#include "player/app/checked_files.h"

#include "player/store/verify_file.h"

namespace conglang::player {

Status CheckedFiles::check(const HeldFile& file) {
  if (!file.sha256) return {};
  {
    const MutexLock lock(mutex_);
    if (good_.contains(*file.sha256)) return {};
  }
  if (auto checked = verify_file({file.path, *file.sha256, file.length}, {}); !checked) {
    return checked;
  }
  const MutexLock lock(mutex_);
  good_.insert(*file.sha256);
  return {};
}

}  // namespace conglang::player
