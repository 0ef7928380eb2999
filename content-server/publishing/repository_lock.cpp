#include "content-server/publishing/repository_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace conglang::server {

Result<RepositoryLock> RepositoryLock::take(const std::filesystem::path& file) {
  FileHandle handle(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  int outcome = handle.is_open() ? ::flock(handle.get(), LOCK_EX) : -1;
  while (outcome != 0 && handle.is_open() && errno == EINTR) {
    outcome = ::flock(handle.get(), LOCK_EX);
  }
  if (outcome == 0) return RepositoryLock(std::move(handle));
  return Error{ErrorKind::storage,
               file.string() + ": cannot be locked: " + std::generic_category().message(errno)};
}

}  // namespace conglang::server
