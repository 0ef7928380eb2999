#include "player/store/data_lock.h"

#include <sys/file.h>

#include <cerrno>

namespace conglang::player {

Result<FileHandle> lock_data_folder(const std::string& path) {
  auto folder = open_folder(path);
  if (!folder) return folder.error();
  if (::flock(folder->get(), LOCK_EX | LOCK_NB) == 0) return std::move(*folder);
  if (errno == EWOULDBLOCK) {
    return Error{ErrorKind::conflict, path + ": another conglang-player uses it"};
  }
  return file_error(path, errno);
}

}  // namespace conglang::player
